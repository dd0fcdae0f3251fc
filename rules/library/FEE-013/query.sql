-- More bed days are charged than the stay has.
SELECT stay, if(line.1 > 0, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, line.2 AS record_id,
    line.3 AS at, if(line.1 > 0, cw_part(line.1, line.4, line.5), 0) AS amount,
    toJSONString(map('stay_days', toString(stay_days), 'bed_days_charged', cw_number_text(charged))) AS evidence
FROM (
    SELECT s.stay AS stay, s.institution_id AS institution_id, s.stay_days AS stay_days, b.charged AS charged,
        arrayMap((l, upto) -> (cw_taken(charged - stay_days * 10000, charged - upto, l.4), l.2, l.3, l.5, l.6),
            b.lines, arrayCumSum(l -> l.4, b.lines)) AS counted
    FROM stays AS s
    INNER JOIN (
        SELECT stay, sum(toInt128(quantity)) AS charged,
            arraySort(groupArray((line, record_id, at, quantity, unit_price, amount))) AS lines
        FROM over_days_fees WHERE category = 'bed' AND day_unit GROUP BY stay
    ) AS b ON b.stay = s.stay
    WHERE s.inpatient AND s.discharged_at IS NOT NULL AND b.charged > s.stay_days * 10000
)
ARRAY JOIN counted AS line
