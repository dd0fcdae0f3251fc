-- want: intDiv of amount: no division on money
SELECT stay, intDiv(amount, 2) AS amount FROM fees
