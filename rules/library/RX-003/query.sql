-- The person still has the drug for days when it is dispensed again, wherever.
-- At issue are the whole days that were supplied twice.
SELECT about, line.1 AS role, 'fee' AS kind, line.2 AS institution_id, line.3 AS record_id,
    line.4 AS at, line.5 AS line_stay, line.6 AS amount,
    toJSONString(map('days_left', toString(days_left), 'days_supplied', cw_number_text(intDiv(supply * 10000, per)))) AS evidence
FROM (
    SELECT [l.institution_id, l.record_id] AS about, l.supply AS supply, l.per AS per,
        -- The line before with the furthest end, of several the first.
        min((-(b.at * l.per + b.supply * 86400000), b.line, b.institution_id, b.record_id, b.at, b.stay)) AS before,
        intDiv(-before.1 - l.at * l.per, l.per * 86400000) AS days_left,
        [('violating', l.institution_id, l.record_id, l.at, l.stay, cw_share(l.amount, least(days_left * l.per, l.supply), l.supply)),
            ('involved', before.3, before.4, before.5, before.6, toInt64(0))] AS named
    FROM refills AS l
    INNER JOIN refills AS b ON b.person_id = l.person_id AND b.item_code = l.item_code
    WHERE b.line < l.line AND l.drug AND b.drug AND l.supply >= {supply} * l.per AND b.supply >= {supply} * b.per
        AND NOT (b.institution_id = l.institution_id AND b.prescription = l.prescription AND b.prescribed AND l.prescribed)
    GROUP BY l.institution_id, l.record_id, l.supply, l.per, l.at, l.stay, l.amount
    HAVING l.at * l.per < -before.1 - {days} * 86400000 * l.per
)
ARRAY JOIN named AS line
