-- A physician writes on several prescriptions of one day what would be too much
-- on one. At issue are the days beyond the limit. A prescription that is above
-- the limit by itself is RX-001's.
SELECT [person_id, physician_id, item_code, cw_day_text(day)] AS about, day, if(taken > 0, 'violating', 'involved') AS role,
    'fee' AS kind, institution_id, record_id, at, stay AS line_stay, if(taken > 0, cw_share(charged, taken, supply), 0) AS amount,
    toJSONString(map('prescriptions', toString(prescriptions), 'limit_days', toString(allowed),
        'days_supplied', cw_number_text(intDiv(supplied * 10000, per)))) AS evidence
FROM (
    SELECT person_id, physician_id, item_code, day, institution_id, record_id, at, stay, supply, per, charged, allowed,
        uniqExact(prescription) OVER alike AS prescriptions, sum(supply) OVER alike AS supplied,
        sum(supply) OVER (alike ORDER BY line DESC) - supply AS later,
        cw_taken_exact(supplied - allowed * per, later, supply) AS taken
    FROM (
        SELECT *, amount AS charged,
            max(coalesce(max_days, if(emergency, {emergency_days}, {days}))) OVER same_day AS allowed,
            sum(supply) OVER (PARTITION BY person_id, physician_id, item_code, day, prescription) AS on_one
        FROM split_supplies WHERE outpatient AND NOT discharge AND prescribed AND physician_id != ''
        WINDOW same_day AS (PARTITION BY person_id, physician_id, item_code, day)
    )
    WHERE on_one <= allowed * per
    WINDOW alike AS (PARTITION BY person_id, physician_id, item_code, day)
)
WHERE prescriptions >= {prescriptions} AND supplied > allowed * per
