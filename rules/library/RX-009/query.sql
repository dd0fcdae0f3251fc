-- More of an item than a course of it allows, or sooner again than its interval.
-- Rehabilitation is REH-002's.
SELECT [person_id, item_code, month] AS about, if(is_over, 'violating', 'involved') AS role, 'fee' AS kind, institution_id,
    record_id, at, amount, stay AS line_stay, toJSONString(map('limits', arrayStringConcat(limits, ', '))) AS evidence
FROM over_courses
WHERE NOT rehab
