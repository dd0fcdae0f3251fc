-- want: no OUTFILE|cannot be read
SELECT stay FROM fees INTO OUTFILE '/tmp/x'
