-- Nursing of a higher level is charged than was ordered. At issue is what it
-- costs above the cheapest of the ordered level, by the hour a 24th of that.
SELECT multiIf(line.1 = '', '', reason = '', 'hit', 'not_evaluated') AS result, stay, [cw_day_text(day)] AS about, day,
    if(line.1 = 'fee', 'violating', 'involved') AS role, line.1 AS kind, institution_id, line.2 AS record_id, line.3 AS at,
    if(line.1 = 'fee', line_amount, 0) AS amount, reason, institution_id AS due_institution, woken_at AS due_at,
    if(above, toJSONString(map('charged_level', toString(level), 'ordered_level', toString(ordered_level))), '') AS evidence
FROM (
    SELECT stay, institution_id, day, level, ordered_level, woken_at, ifNull(level < ordered_level, false) AS above,
        multiIf(NOT item_found, 'item row missing', ordered_level IS NULL, 'no nursing order active',
            above AND level_cap IS NULL, 'no cap of the ordered level', '') AS reason,
        cw_over_part(unit_price, ifNull(level_cap, 0), if(hour_unit, 24, 1), quantity, amount) AS line_amount,
        multiIf(reason != '', [('fee', record_id, at)],
            above, [('fee', record_id, at), ('order', order_id, ordered_at)], []) AS named
    FROM nursing_lines
)
LEFT ARRAY JOIN named AS line
