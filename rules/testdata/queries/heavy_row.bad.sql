-- want: anyHeavy is not among the functions
SELECT stay, anyHeavy(amount) AS amount FROM fees GROUP BY stay
