-- want: now64: time is as_of
SELECT stay, arrayMap(x -> toString(now64()), ['a']) AS about FROM fees
