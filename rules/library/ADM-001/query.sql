-- Two stays within a few days for the same illness are one stay in two. At
-- issue is what the second examined again of what the first was charged.
SELECT stay, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('discharged', cw_instant_text(discharged_at), 'admitted_again', cw_instant_text(admitted_at),
        'days_between', toString(days_between), 'limit_days', toString({days}))) AS evidence
FROM readmissions
ARRAY JOIN arrayConcat(
    arrayMap(r -> ('involved', r.kind, r.record_id, r.at, toInt64(0)), named),
    arrayMap(f -> ('violating', 'fee', f.record_id, f.at, f.amount), arrayFilter(f -> f.again
        AND f.category IN ('exam', 'lab') AND f.at >= admitted_at AND f.at < admitted_at + {hours}, fees))) AS line
WHERE days_between >= 0 AND days_between <= {days}
    AND NOT (other_department AND time_between >= 0 AND time_between < {transfer_hours})
