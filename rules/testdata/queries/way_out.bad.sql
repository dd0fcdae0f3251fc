-- want: cannot be read
SELECT stay FROM fees) AS q, (SELECT 1 AS y
