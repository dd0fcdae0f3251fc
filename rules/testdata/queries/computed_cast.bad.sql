-- want: CAST to
SELECT stay, toInt64(CAST(amount, concat('Flo', 'at64'))) AS amount FROM fees
