-- want: quantileExact is not among the functions
SELECT stay, toInt64(quantileExact(amount)) AS amount FROM fees GROUP BY stay
