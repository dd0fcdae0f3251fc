-- More of an item on one day than it may be charged a day. Rehabilitation is
-- REH-002's.
SELECT if(known, 'hit', 'not_evaluated') AS result, [institution_id, person_id, item_code, cw_day_text(day)] AS about, day,
    if(line.1 > 0, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, line.2 AS record_id, line.3 AS at,
    if(line.1 > 0, cw_part(line.1, line.4, line.5), 0) AS amount, line.6 AS line_stay,
    if(known, toJSONString(map('charged', cw_number_text(charged), 'at_most', cw_number_text(most))), '') AS evidence,
    'item row missing' AS reason
FROM (
    SELECT institution_id, person_id, item_code, day, known, most, charged,
        arrayMap((l, upto) -> (cw_taken(charged - most, charged - upto, l.4), l.2, l.3, l.5, l.6, l.7),
            lines, arrayCumSum(l -> l.4, lines)) AS counted
    FROM (
        SELECT institution_id, person_id, item_code, day, min(item_found) AS known, ifNull(min(max_per_day), 0) AS most,
            sum(toInt128(quantity)) AS charged,
            arraySort(groupArray((line, record_id, at, quantity, unit_price, amount, stay))) AS lines
        FROM day_limited_fees
        WHERE (max_per_day IS NOT NULL OR NOT item_found) AND category != 'rehab'
        GROUP BY institution_id, person_id, item_code, day
        HAVING charged > most OR NOT known
    )
)
ARRAY JOIN counted AS line
