-- want: groupArray keeps the order of rows
SELECT stay, arraySort(x -> 1, groupArray(record_id)) AS about FROM fees GROUP BY stay
