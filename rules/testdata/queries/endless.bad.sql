-- want: no RECURSIVE
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT f.stay AS stay FROM fees AS f INNER JOIN r ON r.n = f.stay
