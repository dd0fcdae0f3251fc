-- want: intDiv of fees.unit_price: no division on money
SELECT stay, fees.unit_price DIV 2 AS amount FROM fees
