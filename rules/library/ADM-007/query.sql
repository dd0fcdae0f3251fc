-- Who lies in a hospital has no need of its outpatient clinic. At issue is what the
-- visit charges.
SELECT if(within, 'hit', '') AS result, stay, about, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id,
    line.4 AS at, line.5 AS amount, line.6 AS line_stay,
    toJSONString(map('visited', cw_instant_text(visited_at))) AS evidence,
    institution_id AS due_institution, due_at
FROM visits
ARRAY JOIN arrayConcat(
    [('involved', 'admission', admission_id, admitted_at, toInt64(0), stay),
        ('involved', 'admission', visit_admission_id, visited_at, toInt64(0), visit)],
    arrayMap(f -> ('violating', 'fee', f.record_id, f.at, f.amount, visit), visit_fees)) AS line
WHERE NOT elsewhere
