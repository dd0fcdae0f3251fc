-- Whoever came as an emergency was not identified within the working days that
-- the formalities may take.
SELECT multiIf(length(terms) < {days}, 'not_evaluated', as_of >= terms[{days}], 'hit', '') AS result, stay,
    'involved' AS role, if(check.record_id = '', '', 'identity_check') AS kind, institution_id,
    check.record_id AS record_id, check.at AS at,
    toJSONString(map('until', cw_instant_text(terms[{days}]),
        'first_match', if(matched IS NULL, '', cw_instant_text(assumeNotNull(matched))))) AS evidence,
    'calendar row missing' AS reason, terms[{days}] AS due_at
FROM emergencies
LEFT ARRAY JOIN checks AS check
WHERE length(terms) < {days} OR ifNull(matched >= terms[{days}], true)
