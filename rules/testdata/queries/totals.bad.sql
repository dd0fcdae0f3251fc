-- want: no TOTALS
SELECT stay, sum(amount) AS amount FROM fees GROUP BY stay WITH TOTALS
