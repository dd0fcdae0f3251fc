-- An add-on is charged more often on one day than what it can be added to.
SELECT stay, [item_code, cw_day_text(day)] AS about, day, if(line.1 > 0, 'violating', 'involved') AS role, 'fee' AS kind,
    institution_id, line.2 AS record_id, line.3 AS at, if(line.1 > 0, cw_part(line.1, line.4, line.5), 0) AS amount,
    toJSONString(map('charged', cw_number_text(quantity), 'main_items', cw_number_text(main_quantity))) AS evidence
FROM add_ons
ARRAY JOIN arrayConcat(
    arrayMap(l -> (toInt64(0), l.record_id, l.at, toInt64(0), toInt64(0)), mains),
    arrayMap((l, upto) -> (cw_taken(quantity - main_quantity, quantity - upto, l.quantity), l.record_id, l.at, l.unit_price, l.amount),
        lines, arrayCumSum(l -> l.quantity, lines))) AS line
WHERE quantity > main_quantity
