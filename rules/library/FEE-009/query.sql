-- More of an item in one stay than it may be charged a stay, by the row of the
-- date on which it was charged last.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [item_code] AS about,
    if(line.1 > 0, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, line.2 AS record_id, line.3 AS at,
    if(line.1 > 0, cw_part(line.1, line.4, line.5), 0) AS amount,
    if(item_found, toJSONString(map('charged', cw_number_text(charged), 'at_most', cw_number_text(most))), '') AS evidence,
    'item row missing' AS reason
FROM (
    SELECT stay, institution_id, item_code, lines[-1].7 AS item_found, ifNull(lines[-1].8, 0) AS most, charged,
        arrayMap((l, upto) -> (cw_taken(charged - most, charged - upto, l.4), l.2, l.3, l.5, l.6),
            lines, arrayCumSum(l -> l.4, lines)) AS counted
    FROM (
        SELECT stay, institution_id, item_code, sum(toInt128(quantity)) AS charged, arraySort(groupArray(
            (line, record_id, at, quantity, unit_price, amount, item_found, max_per_stay))) AS lines
        FROM stay_limited_fees
        WHERE (stay, item_code) IN (SELECT stay, item_code FROM stay_limited_fees WHERE max_per_stay IS NOT NULL OR NOT item_found)
        GROUP BY stay, institution_id, item_code
        HAVING NOT lines[-1].7 OR charged > lines[-1].8
    )
)
ARRAY JOIN counted AS line
