SELECT stay, lagInFrame(amount) OVER w AS amount
FROM fees WINDOW w AS (PARTITION BY stay ORDER BY at, record_id)
