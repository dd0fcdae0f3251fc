-- want: no floating point
SELECT stay, amount * 1e3 AS amount FROM fees
