SELECT stay, argMin(record_id, (day, record_id)) AS record_id, CAST(NULL AS Nullable(Int64)) AS span_from FROM fees GROUP BY stay
