-- want: now: time is as_of
SELECT stay, toInt64(now()) AS at FROM fees
