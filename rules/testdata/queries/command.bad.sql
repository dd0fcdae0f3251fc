-- want: no table functions: executable
SELECT f.stay AS stay FROM fees AS f INNER JOIN executable('id', 'TSV', 'a String') AS p ON p.a = f.record_id
