-- An examination is charged of which there is no report.
SELECT multiIf(present <= at + {after}, '', item_found, 'hit', 'not_evaluated') AS result, stay,
    [item_code, cw_day_text(day)] AS about, day, 'violating' AS role, 'fee' AS kind, institution_id, record_id, at, amount,
    'item row missing' AS reason, institution_id AS due_institution, at + {after} + 1 AS due_at
FROM unreported
WHERE NOT arrayExists(r -> r >= at - {before} AND r <= at + {after}, reports)
