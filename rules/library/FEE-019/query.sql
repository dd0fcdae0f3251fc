-- More is billed on an order than quantity, times a day and days allow. Billed and
-- allowed are in 1/100,000,000: quantity and times a day have 4 decimals each.
SELECT [institution_id, order_id] AS about, stay AS belongs, stay AS line_stay, line.1 AS role, line.2 AS kind, institution_id,
    line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('billed', cw_number_text(intDiv(billed, 10000)), 'ordered_each_time', cw_number_text(quantity),
        'times_per_day', cw_number_text(times_per_day), 'days', toString(days))) AS evidence
FROM (
    SELECT *, arraySum(l -> toInt128(l.quantity), lines) * 10000 AS billed,
        billed - toInt128(quantity) * times_per_day * days AS excess,
        arrayMap((l, upto) -> (cw_taken(excess, billed - upto, toInt128(l.quantity) * 10000), l), lines,
            arrayCumSum(l -> toInt128(l.quantity) * 10000, lines)) AS counted
    FROM overbilled
)
ARRAY JOIN arrayConcat([('involved', 'order', order_id, ordered_at, toInt64(0))],
    arrayMap(c -> (if(c.1 > 0, 'violating', 'involved'), 'fee', c.2.record_id, c.2.at,
        cw_fine_part(c.1, c.2.unit_price, c.2.amount)), counted)) AS line
