-- want: groupUniqArray keeps the order of rows
SELECT stay, arrayDistinct(groupUniqArray(record_id)) AS about FROM fees GROUP BY stay
