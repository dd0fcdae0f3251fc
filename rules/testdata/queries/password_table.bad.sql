-- want: no table functions: file
SELECT f.stay AS stay FROM fees AS f INNER JOIN file('/etc/passwd', 'LineAsString') AS p ON p.line = f.record_id
