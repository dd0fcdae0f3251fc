-- More days of a drug are given along at the discharge than may be. At issue are
-- the days beyond the limit.
SELECT stay, [item_code, prescription] AS about, if(taken > 0, 'violating', 'involved') AS role, 'fee' AS kind,
    institution_id, record_id, at, if(taken > 0, cw_share(charged, taken, supply), 0) AS amount,
    toJSONString(map('days_supplied', cw_number_text(intDiv(supplied * 10000, per)), 'limit_days', toString(allowed))) AS evidence
FROM (
    SELECT stay, institution_id, item_code, prescription, record_id, at, supply, per, amount AS charged,
        max(ifNull(max_days, {days})) OVER one AS allowed, sum(supply) OVER one AS supplied,
        sum(supply) OVER (one ORDER BY line DESC) - supply AS later,
        cw_taken_exact(supplied - allowed * per, later, supply) AS taken
    FROM supplies WHERE discharge
    WINDOW one AS (PARTITION BY stay, item_code, prescription, prescribed)
)
WHERE supplied > allowed * per
