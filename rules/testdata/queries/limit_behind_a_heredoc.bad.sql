-- want: signs other than ASCII, and $
SELECT stay, $x$ ' $x$ AS record_id FROM fees LIMIT 1 + 1 --'
