-- want: modulo of amount: no division on money
SELECT stay, amount % 100 AS amount FROM fees
