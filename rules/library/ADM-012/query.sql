-- Two persons had one bed at one time. At issue are the bed days of the one who
-- came into it later.
SELECT subjects AS about, belongs, later AS line_stay, line.1 AS role, line.2 AS kind, institution_id,
    line.3 AS record_id, line.4 AS at, line.5 AS amount, span_from, span_until,
    toJSONString(map('bed', beds, 'shared', arrayStringConcat(arrayMap(x -> concat(cw_instant_text(x.1), ' to ',
        cw_instant_text(x.2)), overlaps), ', '))) AS evidence
FROM (
    SELECT p.subjects AS subjects, p.belongs AS belongs, p.later AS later, p.institution_id AS institution_id, p.beds AS beds,
        p.span_from AS span_from, p.span_until AS span_until, p.overlaps AS overlaps, arrayConcat(
            arrayMap(n -> ('involved', n.1, n.2, n.3, toInt64(0)), p.named),
            arrayMap(f -> ('violating', 'fee', f.2, f.1, f.4), arrayFilter(f -> arrayExists(
                x -> x.1 < cw_midnight(f.3 + 1) AND x.2 > cw_midnight(f.3), p.overlaps), b.fees))) AS named
    FROM (
        SELECT subjects, institution_id, argMin(second, (from, second)) AS later, max(greatest(first, second)) AS belongs,
            min(from) AS span_from, max(until) AS span_until, arraySort(groupArray((from, until))) AS overlaps,
            min(concat(ward, '/', bed)) AS beds, arraySort(groupUniqArrayArray(named)) AS named
        FROM shared_beds
        WHERE until - from >= {hours}
        GROUP BY subjects, institution_id
    ) AS p
    LEFT JOIN (
        SELECT stay, arraySort(groupArray((at, record_id, day, amount))) AS fees FROM bed_fees GROUP BY stay
    ) AS b ON b.stay = p.later
)
ARRAY JOIN named AS line
