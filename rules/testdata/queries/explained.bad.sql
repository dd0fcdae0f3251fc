-- want: viewExplain
SELECT f.stay AS stay FROM fees AS f INNER JOIN (EXPLAIN SELECT 1) AS e ON e.explain = f.record_id
