-- want: today calls a function without brackets
SELECT stay, toInt32(today) AS day FROM fees
