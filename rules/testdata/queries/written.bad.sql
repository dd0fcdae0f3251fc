-- want: cannot be read
INSERT INTO fees SELECT * FROM fees
