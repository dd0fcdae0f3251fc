-- An item is charged beside another one that includes it. Two exams within the
-- hour are EXM-003's.
SELECT [institution_id, person_id, pair_id, cw_day_text(day)] AS about, day,
    if(absolute, 'violation', 'suspicion') AS severity, if(included, 'violating', 'involved') AS role, 'fee' AS kind,
    institution_id, record_id, at, if(included, amount, 0) AS amount, stay AS line_stay,
    toJSONString(map('included_item', included_code, 'charged_with', item_code, 'within_one', scope)) AS evidence
FROM inclusions
WHERE NOT exams
