-- One person lay in two institutions at once, and no transfer explains it. At
-- issue are the days that the later stay charges for the time of both.
SELECT subjects AS about, later AS belongs, line.1 AS role, line.2 AS kind, line.3 AS line_stay, line.4 AS institution_id,
    line.5 AS record_id, line.6 AS at, line.7 AS amount, from AS span_from, until AS span_until,
    toJSONString(map('overlap', concat(cw_instant_text(from), ' to ', cw_instant_text(until)))) AS evidence
FROM overlaps AS o
ARRAY JOIN arrayConcat(
    arrayMap(a -> ('involved', 'admission', a.stay, a.institution_id, a.record_id, a.at, toInt64(0)), admissions),
    arrayMap(f -> ('violating', 'fee', later, o.institution_id, f.record_id, f.at, f.amount), fees)) AS line
WHERE NOT same_institution AND NOT handed_over AND until - from >= {hours}
