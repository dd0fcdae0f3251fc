-- The lesser of two operations of one day is charged above its share of the cap.
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [pair_id, cw_day_text(day)] AS about, day,
    line.1 AS role, 'fee' AS kind, institution_id, line.2 AS record_id, line.3 AS at, line.4 AS amount,
    if(item_found, toJSONString(map('cap', cw_price_text(assumeNotNull(cap)), 'factor', cw_number_text(assumeNotNull(factor)),
        'most', cw_price_text(most))), '') AS evidence,
    'item row missing' AS reason
FROM (
    -- From 1/10,000 of millionths to fen, which are rounded, and back to millionths.
    SELECT *, cw_product(ifNull(factor, 0), ifNull(cap, 0)) * 10000 AS most,
        arrayFilter(l -> l.unit_price > most, lines) AS dear
    FROM second_operations
    WHERE NOT item_found OR cap IS NOT NULL AND factor IS NOT NULL AND notEmpty(dear)
)
ARRAY JOIN arrayConcat(
    arrayMap(l -> ('involved', l.record_id, l.at, toInt64(0)), mains),
    arrayMap(l -> ('violating', l.record_id, l.at, cw_over(l.unit_price, most, l.quantity, l.amount)), dear)) AS line
