-- The unit price is above the cap of the institution's level on the service date.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [item_code, cw_price_text(unit_price)] AS about,
    'violating' AS role, 'fee' AS kind, institution_id, record_id, at,
    if(item_found, cw_over(unit_price, assumeNotNull(cap), quantity, amount), 0) AS amount,
    if(item_found, toJSONString(map('unit_price', cw_price_text(unit_price),
        'cap', cw_price_text(assumeNotNull(cap)))), '') AS evidence,
    'item row missing' AS reason
FROM dear_fees
WHERE unit_price > cap OR NOT item_found
