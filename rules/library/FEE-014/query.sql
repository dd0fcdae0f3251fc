-- More days of nursing, or more consultations by the day, are charged than the
-- stay has days.
SELECT if(unknown, 'not_evaluated', 'hit') AS result, stay, [category] AS about,
    if(line.1 > 0, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, line.2 AS record_id, line.3 AS at,
    if(line.1 > 0, cw_part(line.1, line.4, line.5), 0) AS amount,
    toJSONString(map('stay_days', toString(stay_days), 'days_charged', cw_number_text(charged))) AS evidence,
    'item row missing' AS reason
FROM (
    SELECT s.stay AS stay, s.institution_id AS institution_id, s.stay_days AS stay_days, c.category AS category,
        c.unknown AS unknown, c.charged AS charged,
        arrayMap((l, upto) -> (cw_taken(charged - stay_days * 10000, charged - upto, l.4), l.2, l.3, l.5, l.6),
            c.lines, arrayCumSum(l -> l.4, c.lines)) AS counted
    FROM stays AS s
    INNER JOIN (
        SELECT stay, category, category = 'nursing' AND NOT item_found AS unknown, sum(toInt128(quantity)) AS charged,
            arraySort(groupArray((line, record_id, at, quantity, unit_price, amount))) AS lines
        FROM over_days_fees
        WHERE category = 'nursing' AND (nursing_level IN (1, 2, 3) OR NOT item_found) OR category = 'consultation' AND day_unit
        GROUP BY stay, category, unknown
    ) AS c ON c.stay = s.stay
    WHERE s.inpatient AND s.discharged_at IS NOT NULL AND (c.charged > s.stay_days * 10000 OR c.unknown)
)
ARRAY JOIN counted AS line
