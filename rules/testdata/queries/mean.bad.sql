-- want: avg: no averages
SELECT stay, toInt64(avg(amount)) AS amount FROM fees GROUP BY stay
