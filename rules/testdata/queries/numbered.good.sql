SELECT stay, toInt64(row_number() OVER (PARTITION BY stay ORDER BY at, record_id)) AS at FROM fees
