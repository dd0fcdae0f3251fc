-- want: uniq: it is approximate
SELECT stay, toInt64(uniq(record_id)) AS amount FROM fees GROUP BY stay
