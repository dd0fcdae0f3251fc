-- A bed, nursing or a round is charged for a day on which the person was away
-- from midnight to midnight.
SELECT stay, [leaves[1].record_id] AS about, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id,
    line.4 AS at, line.5 AS amount,
    toJSONString(map('left', cw_instant_text(left_at), 'back', cw_instant_text(back_at))) AS evidence
FROM absences
ARRAY JOIN arrayConcat(
    arrayMap(l -> ('involved', 'leave', l.record_id, l.at, toInt64(0)), leaves),
    arrayMap(l -> ('violating', 'fee', l.record_id, l.at, l.amount), lines)) AS line
