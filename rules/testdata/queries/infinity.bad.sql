-- want: no floating point
SELECT stay, amount FROM fees WHERE amount < inf
