-- want: groupArray takes no parameters
SELECT stay, arraySort(groupArray(1)(record_id)) AS about FROM fees GROUP BY stay
