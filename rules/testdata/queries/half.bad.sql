-- want: divide: no division
SELECT stay, amount / 2 AS amount FROM fees
