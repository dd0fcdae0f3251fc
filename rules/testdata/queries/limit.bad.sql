-- want: no LIMIT
SELECT stay FROM fees ORDER BY at LIMIT 5
