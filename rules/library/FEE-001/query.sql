-- The same line several times: the one with the smallest record_id is kept.
SELECT stay, [item_code, cw_instant_text(intDiv(at, 1000) * 1000), kept] AS about,
    if(record_id = kept, 'involved', 'violating') AS role, 'fee' AS kind, institution_id, record_id, at,
    if(record_id = kept, 0, amount) AS amount,
    toJSONString(map('equal_lines', toString(copies), 'kept', kept, 'quantity', cw_number_text(quantity),
        'unit_price', cw_price_text(unit_price))) AS evidence
FROM equal_fees
WHERE copies > 1
