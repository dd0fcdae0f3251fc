-- want: no LIMIT
SELECT stay, '--' AS record_id FROM fees LIMIT 1 + 1
