-- want: no bare number for a condition
SELECT stay FROM fees WHERE 1
