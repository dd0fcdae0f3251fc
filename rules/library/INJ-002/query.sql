-- After a trauma, items are charged that treat other illnesses.
SELECT if(case_found AND item_found, 'hit', 'not_evaluated') AS result, stay, [item_code] AS about,
    'violating' AS role, 'fee' AS kind, institution_id, record_id, at, amount,
    if(case_found, 'item row missing', 'injury case row missing') AS reason
FROM illness_fees
