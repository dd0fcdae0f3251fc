-- want: file: a rule sees its slice
SELECT stay, file('/etc/passwd') AS record_id FROM fees
