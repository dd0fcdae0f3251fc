-- None of the stay's diagnoses is one of the injury. At issue is all of the stay.
SELECT if(empty(prefixes), 'not_evaluated', 'hit') AS result, stay, 'violating' AS role,
    if(fee.record_id = '', '', 'fee') AS kind, institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('diagnoses', arrayStringConcat(diagnoses, ', '), 'injury', arrayStringConcat(prefixes, ', '))) AS evidence,
    'injury case without diagnosis prefixes' AS reason
FROM unrelated_injuries
LEFT ARRAY JOIN fees AS fee
WHERE case_found AND NOT related
