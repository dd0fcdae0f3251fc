-- More of an examination on one day than was ordered. Lines that FEE-001 names
-- are left out first.
SELECT multiIf(line.1 = '', '', item_found, 'hit', 'not_evaluated') AS result, stay, [item_code, cw_day_text(day)] AS about,
    day, if(line.5 > 0, 'violating', 'involved') AS role, line.1 AS kind, institution_id,
    line.2 AS record_id, line.3 AS at, if(line.5 > 0, cw_part(line.5, line.4, line.6), 0) AS amount,
    toJSONString(map('charged', cw_number_text(charged), 'ordered', cw_number_text(allowed))) AS evidence,
    'item row missing' AS reason, institution_id AS due_institution, due_at
FROM (
    SELECT d.stay AS stay, d.institution_id AS institution_id, d.item_code AS item_code, d.day AS day,
        d.item_found AS item_found, d.charged AS charged, arrayFilter(o -> o.1 < o.2 AND o.1 < cw_midnight(d.day + 1) AND o.2 > cw_midnight(d.day), o.orders) AS active,
        toInt128(if(empty(active), 10000, arraySum(o -> o.4, active))) AS allowed,
        arrayMap((l, upto) -> ('fee', l.2, l.3, l.5, cw_taken(charged - allowed, charged - upto, l.4), l.6),
            d.lines, arrayCumSum(l -> l.4, d.lines)) AS counted,
        if(charged > allowed, arrayConcat(counted,
            arrayMap(o -> ('order', o.3, o.1, toInt64(0), toInt64(0), toInt64(0)), active)), []) AS named,
        -- An order that begins at the very end of an open stay is active once the end moves on.
        arrayMin(arrayMap(o -> greatest(o.1, cw_midnight(d.day)) + 1, arrayFilter(
            o -> o.5 AND o.1 < cw_midnight(d.day + 1) AND o.2 <= greatest(o.1, cw_midnight(d.day)), o.orders))) AS due_at
    FROM (
        SELECT stay, institution_id, item_code, day, min(item_found) AS item_found, sum(toInt128(quantity)) AS charged,
            arraySort(groupArray((line, record_id, at, quantity, unit_price, amount))) AS lines
        FROM repeated_fees
        WHERE record_id = kept AND category IN ('exam', 'lab', 'treatment') AND max_per_day IS NULL
        GROUP BY stay, institution_id, item_code, day
        HAVING count() >= 2
    ) AS d
    LEFT JOIN (
        SELECT stay, item_code, arraySort(groupArray((at, until, record_id, ifNull(times_per_day, 10000), open_ended))) AS orders
        FROM orders GROUP BY stay, item_code
    ) AS o ON o.stay = d.stay AND o.item_code = d.item_code
)
LEFT ARRAY JOIN named AS line
