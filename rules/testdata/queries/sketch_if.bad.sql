-- want: uniqIf is not among the functions
SELECT stay, toInt64(uniqIf(record_id, amount > 1)) AS amount FROM fees GROUP BY stay
