-- want: cannot be read
SELECT stay FROM fees; DROP TABLE fees
