-- want: no LIMIT
SELECT stay FROM fees LIMIT 1 + 1
