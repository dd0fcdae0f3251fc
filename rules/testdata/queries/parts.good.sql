WITH mine AS (SELECT stay, arraySort(groupArray((at, record_id))) AS rows FROM fees GROUP BY stay)
SELECT stay, arrayMap(x -> x.2, rows) AS about FROM mine WHERE intDiv(length(rows), 2) > 1
