-- want: no SAMPLE
SELECT stay FROM fees SAMPLE 1
