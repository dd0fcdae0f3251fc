-- A dear item is charged where a cheap one was ordered. At issue is what it costs
-- above the cap of the cheap one.
SELECT multiIf(NOT instead, '', low_cap IS NOT NULL, 'hit', 'not_evaluated') AS result, stay,
    [high_code, low_code, cw_day_text(day)] AS about, day, line.1 AS role, line.2 AS kind, institution_id,
    line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('unit_price', cw_price_text(unit_price), 'cap_of_ordered', cw_price_text(ifNull(low_cap, 0)))) AS evidence,
    if(low_found, 'cap missing', 'item row missing') AS reason, institution_id AS due_institution, due_at
FROM swapped AS s
ARRAY JOIN arrayConcat(
    [('violating', 'fee', s.record_id, s.at, cw_over(unit_price, ifNull(low_cap, 0), quantity, s.amount))],
    arrayMap(o -> ('involved', 'order', o.record_id, o.at, toInt64(0)), orders)) AS line
