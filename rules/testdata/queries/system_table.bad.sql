-- want: system.users is no table of the slice
SELECT stay FROM fees WHERE record_id IN (SELECT name FROM system.users)
