-- want: throwIf is not among the functions
SELECT stay FROM fees WHERE throwIf(amount > 5) = 0
