-- want: row_number over rows without an order
SELECT stay, toInt64(row_number() OVER (PARTITION BY stay)) AS amount FROM fees
