-- want: default.fees is no table of the slice
SELECT f.stay AS stay FROM fees AS f INNER JOIN default.fees AS g ON g.record_id = f.record_id
