-- want: argMin: of equal rows
SELECT stay, argMin(record_id, day) AS record_id FROM fees GROUP BY stay
