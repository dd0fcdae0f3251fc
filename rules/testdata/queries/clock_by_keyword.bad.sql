-- want: CURRENT_TIMESTAMP calls a function without brackets
SELECT stay, toInt64(CURRENT_TIMESTAMP) AS at FROM fees
