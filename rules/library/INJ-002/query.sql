-- After a trauma, items are charged that treat other illnesses.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [item_code] AS about,
    'violating' AS role, 'fee' AS kind, institution_id, record_id, at, amount,
    'item row missing' AS reason
FROM illness_fees
