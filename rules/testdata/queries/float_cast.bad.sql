-- want: no floating point|CAST to 'Float64'
SELECT stay, toInt64(CAST(amount AS Float64) * 3) AS amount FROM fees
