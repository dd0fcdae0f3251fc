-- Items of the rehabilitation catalogue, charged where no active agreement for
-- rehabilitation covers the day.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, 'violating' AS role, 'fee' AS kind,
    institution_id, record_id, at, amount, 'item row missing' AS reason
FROM unagreed
WHERE NOT rehab_agreed AND (rehab OR NOT item_found)
