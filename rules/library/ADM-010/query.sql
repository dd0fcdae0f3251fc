-- On half of its days or more, a stay saw no care at all.
SELECT stay, if(fee.record_id = '', '', 'fee') AS kind, 'violating' AS role, institution_id,
    fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('days', toString(length(days)), 'days_without_care', toString(length(idle_days)))) AS evidence
FROM stays
LEFT ARRAY JOIN arrayFilter(f -> has(idle_days, f.day), day_fees) AS fee
WHERE inpatient AND discharged_at IS NOT NULL AND length(days) >= {days}
    AND length(idle_days) * 10000 >= length(days) * {share}
