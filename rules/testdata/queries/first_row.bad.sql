-- want: first_value: it takes whichever row comes first
SELECT stay, first_value(amount) AS amount FROM fees GROUP BY stay
