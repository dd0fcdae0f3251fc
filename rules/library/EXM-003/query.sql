-- Of two exams within the hour one includes the other, as the enhanced scan does
-- the plain one.
SELECT [institution_id, person_id, pair_id, cw_day_text(day)] AS about, day,
    if(absolute, 'violation', 'suspicion') AS severity, if(included, 'violating', 'involved') AS role, 'fee' AS kind,
    institution_id, record_id, at, if(included, amount, 0) AS amount, stay AS line_stay,
    toJSONString(map('included_item', included_code, 'charged_with', item_code)) AS evidence
FROM inclusions
WHERE exams
