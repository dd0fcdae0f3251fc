-- On half of its days or more, a stay saw no care at all.
SELECT stay, if(fee.record_id = '', '', 'fee') AS kind, 'violating' AS role, institution_id,
    fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('days', toString(days), 'days_without_care', toString(idle_days))) AS evidence
FROM idle_stays
LEFT ARRAY JOIN fees AS fee
WHERE days >= {days} AND idle_days * 10000 >= days * {share}
