-- More rehabilitation than an institution may give a person on a day, or than a
-- course or an interval allows; of a line the larger excess.
SELECT if(month = '', 'not_evaluated', 'hit') AS result, if(month = '', stay, 0) AS stay, [person_id, item_code, month] AS about,
    if(is_over, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, record_id, at, amount, line_stay,
    toJSONString(map('limits', arrayStringConcat(limits, ', '))) AS evidence, 'item row missing' AS reason
FROM (SELECT *, stay AS line_stay FROM over_courses WHERE rehab)
