-- Who sees a doctor elsewhere was not in the bed. At issue are the day's fees of
-- the stay.
SELECT if(within, 'hit', '') AS result, stay, about, line.1 AS role, line.2 AS kind, line.3 AS institution_id,
    line.4 AS record_id, line.5 AS at, line.6 AS amount, line.7 AS line_stay,
    toJSONString(map('visited', cw_instant_text(visited_at))) AS evidence,
    v.institution_id AS due_institution, due_at
FROM visits AS v
ARRAY JOIN arrayConcat(
    [('involved', 'admission', visited, visit_admission_id, visited_at, toInt64(0), visit)],
    arrayMap(f -> ('involved', 'fee', visited, f.record_id, f.at, toInt64(0), visit), visit_fees),
    arrayMap(f -> ('violating', 'fee', v.institution_id, f.record_id, f.at, f.amount, stay), day_fees)) AS line
WHERE elsewhere AND NOT referred
