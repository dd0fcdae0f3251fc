-- want: signs other than ASCII
SELECT stay, ‘ ' ’ AS record_id FROM fees LIMIT 1 + 1 --'
