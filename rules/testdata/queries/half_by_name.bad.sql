-- want: divide: no division
SELECT stay, divide(amount, 2) AS amount FROM fees
