-- Long after the admission there is still no recognised injury of the person.
SELECT if(as_of < least(remind_at, suspect_at), '', 'hit') AS result, stay,
    if(as_of < suspect_at, 'reminder', 'suspicion') AS severity, 'violating' AS role, if(fee.record_id = '', '', 'fee') AS kind,
    institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('injury_case', injury_case_id,
        'recognised_on', if(recognised_on IS NULL, '', cw_day_text(assumeNotNull(recognised_on))))) AS evidence,
    arrayMin(arrayFilter(x -> x > as_of, [remind_at, suspect_at, recognised_at])) AS due_at
FROM (
    SELECT stay, institution_id, injury_case_id, recognised_on, as_of, admitted_at + {reminder_days} * 86400000 AS remind_at,
        admitted_at + {days} * 86400000 AS suspect_at,
        if(recognised_on IS NULL, 0, cw_midnight(assumeNotNull(recognised_on))) AS recognised_at,
        if(as_of < suspect_at, [], fees) AS charged
    FROM pending_injuries
    WHERE NOT recognised
)
LEFT ARRAY JOIN charged AS fee
