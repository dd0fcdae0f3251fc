-- want: cw_halve is no function of
SELECT stay, cw_halve(amount) AS amount FROM fees
