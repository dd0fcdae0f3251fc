-- want: Now calls a function without brackets
SELECT stay, toInt64(Now) AS at FROM fees
