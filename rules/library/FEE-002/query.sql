-- More of an examination on one day than was ordered. Lines that FEE-001 names
-- are left out first.
SELECT multiIf(line.1 = '', '', item_found, 'hit', 'not_evaluated') AS result, stay, [item_code, cw_day_text(day)] AS about,
    day, if(line.4 > 0, 'violating', 'involved') AS role, line.1 AS kind, institution_id,
    line.2 AS record_id, line.3 AS at, cw_part(line.4, line.5, line.6) AS amount,
    toJSONString(map('charged', cw_number_text(charged), 'ordered', cw_number_text(ordered))) AS evidence,
    'item row missing' AS reason, institution_id AS due_institution, due_at
FROM repetitions
LEFT ARRAY JOIN if(charged > ordered, arrayConcat(
    arrayMap((l, upto) -> ('fee', l.record_id, l.at, cw_taken(charged - ordered, charged - upto, l.quantity), l.unit_price, l.amount),
        lines, arrayCumSum(l -> l.quantity, lines)),
    arrayMap(o -> ('order', o.record_id, o.at, toInt64(0), toInt64(0), toInt64(0)), orders)), []) AS line
