-- want: no table functions: remote
SELECT stay FROM fees WHERE stay IN (SELECT stay FROM remote('127.0.0.1', 'default', 'fees'))
