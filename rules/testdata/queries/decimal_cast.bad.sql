-- want: CAST to 'Decimal(18, 2)'
SELECT stay, toInt64(CAST(amount AS Decimal(18, 2)) * 2) AS amount FROM fees
