-- want: no TOP
SELECT TOP 5 stay FROM fees
