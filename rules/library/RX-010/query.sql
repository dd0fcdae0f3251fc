-- The item is for illnesses that nobody diagnosed in this stay.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [item_code] AS about, 'violating' AS role, 'fee' AS kind,
    institution_id, record_id, at, amount, 'item row missing' AS reason
FROM restricted
WHERE for_indications AND NOT indicated OR NOT item_found
