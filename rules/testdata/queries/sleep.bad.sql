-- want: sleep is not among the functions
SELECT stay FROM fees WHERE sleep(3) = 0
