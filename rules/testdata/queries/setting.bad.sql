-- want: no SETTINGS
SELECT stay FROM fees SETTINGS max_threads = 1
