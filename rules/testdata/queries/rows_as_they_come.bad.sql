-- want: groupArray keeps the order of rows
SELECT stay, groupArray(record_id) AS about FROM fees GROUP BY stay
