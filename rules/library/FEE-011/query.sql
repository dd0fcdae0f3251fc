-- Special nursing by the hour and nursing of a level are charged together for
-- more hours of one day than it has.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [cw_day_text(day)] AS about, day,
    if(taken > 0, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, record_id, at,
    if(taken > 0, cw_share(amount, taken, whole), 0) AS amount,
    if(item_found, toJSONString(map('hours', cw_number_text(intDiv(total * 10000, hour)))), '') AS evidence,
    'item row missing' AS reason
FROM (
    SELECT *, cw_taken_exact(total - 24 * hour, before, part) AS taken
    FROM care_hours
    WHERE total > 24 * hour OR NOT item_found
)
