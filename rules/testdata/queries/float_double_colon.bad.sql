-- want: CAST to 'Float32'
SELECT stay, toInt64(amount::Float32) AS amount FROM fees
