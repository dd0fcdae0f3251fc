-- More bed days are charged than the stay has.
WITH beds AS (
    SELECT *, sum(toInt128(quantity)) OVER (PARTITION BY stay) AS total,
        sum(toInt128(quantity)) OVER (PARTITION BY stay ORDER BY line DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - quantity AS later
    FROM fees
    WHERE category = 'bed' AND day_unit
)
SELECT 'hit' AS result, b.stay AS stay, if(taken > 0, 'violating', 'involved') AS role, 'fee' AS kind,
    b.institution_id AS institution_id, b.record_id AS record_id, b.at AS at,
    cw_taken(b.total - s.stay_days * 10000, b.later, b.quantity) AS taken,
    if(taken > 0, cw_part(taken, b.unit_price, b.amount), 0) AS amount,
    toJSONString(map('stay_days', toString(s.stay_days), 'bed_days_charged', cw_number_text(b.total))) AS evidence
FROM beds AS b
INNER JOIN stays AS s ON s.stay = b.stay
WHERE s.inpatient AND s.discharged_at IS NOT NULL AND b.total > s.stay_days * 10000
