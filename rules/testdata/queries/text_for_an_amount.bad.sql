-- want: does not give the columns of a finding
SELECT stay, [amount] AS amount FROM fees
