-- The fund is charged what it never pays, consent or not, or what nobody knows;
-- or the person pays it without having been asked, where there was time to ask.
SELECT stay, [item_code] AS about, multiIf(self_pay, 'reminder', item_found, 'violation', 'suspicion') AS severity,
    if(self_pay, 'involved', 'violating') AS role, 'fee' AS kind, institution_id, record_id, at, amount,
    toJSONString(map('item', if(item_found, 'out of scope', 'unknown item'))) AS evidence
FROM uncovered
WHERE NOT self_pay OR NOT consented AND NOT emergency
