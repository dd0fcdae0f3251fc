-- Somebody was admitted or treated on a day after the person had died.
SELECT stay, 'violating' AS role, if(fee.record_id = '', '', 'fee') AS kind, institution_id,
    fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('died', cw_day_text(died))) AS evidence
FROM deaths
LEFT ARRAY JOIN fees AS fee
