-- want: rules do without
SELECT COLUMNS('st') FROM fees
