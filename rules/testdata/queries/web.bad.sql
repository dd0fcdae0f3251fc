-- want: no table functions: url
SELECT f.stay AS stay FROM fees AS f INNER JOIN url('http://127.0.0.1/', 'CSV', 'a String') AS p ON p.a = f.record_id
