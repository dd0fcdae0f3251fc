-- More days of a drug are given along at the discharge than may be. At issue are
-- the days beyond the limit.
SELECT stay, [item_code, prescription] AS about, if(taken > 0, 'violating', 'involved') AS role, 'fee' AS kind,
    institution_id, record_id, at, if(taken > 0, cw_share(charged, taken, supply), 0) AS amount,
    toJSONString(map('days_supplied', cw_number_text(intDiv(supplied * 10000, per)), 'limit_days', toString(allowed))) AS evidence
FROM (
    SELECT *, amount AS charged, greatest(max_days, if(unlimited OR unlimited_emergency, {days}, 0)) AS allowed,
        cw_taken_exact(supplied - allowed * per, later, supply) AS taken
    FROM discharge_oversupplies
    WHERE supplied > allowed * per
)
