-- A transfer to another department that was booked as discharge and new
-- admission. At issue is what a new admission costs again.
SELECT stay, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('discharged', cw_instant_text(discharged_at), 'admitted_again', cw_instant_text(admitted_at))) AS evidence
FROM readmissions
ARRAY JOIN arrayConcat(
    arrayMap(r -> ('involved', r.kind, r.record_id, r.at, toInt64(0)), named),
    arrayMap(f -> ('violating', 'fee', f.record_id, f.at, f.amount),
        arrayFilter(f -> f.at >= admitted_at AND f.at < admitted_at + {fee_hours}, fees))) AS line
WHERE other_department AND time_between >= 0 AND time_between < {hours}
