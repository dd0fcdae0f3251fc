-- want: rand: a rule gives the same
SELECT stay, toInt64(rand()) AS amount FROM fees
