-- want: lagInFrame over rows without an order
SELECT stay, lagInFrame(amount) OVER w AS amount FROM fees WINDOW w AS (PARTITION BY stay)
