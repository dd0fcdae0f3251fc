-- An order is charged on days after the one on which it was to end.
SELECT [institution_id, order_id] AS about, stay AS belongs, stay AS line_stay, line.1 AS role, line.2 AS kind, institution_id,
    line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('order_ended', cw_instant_text(stopped_at))) AS evidence
FROM stopped AS s
ARRAY JOIN [('violating', 'fee', s.record_id, s.at, s.amount), ('involved', 'order', order_id, ordered_at, toInt64(0))] AS line
