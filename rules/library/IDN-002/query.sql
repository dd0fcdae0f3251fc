-- Nobody made sure for a day that the person was in the bed.
SELECT if(notEmpty(gaps), 'hit', '') AS result, stay, 'violating' AS role, if(fee.record_id = '', '', 'fee') AS kind,
    institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    gaps[1].1 AS span_from, if(open AND gaps[-1].1 >= last_seen, NULL, gaps[-1].2) AS span_until,
    toJSONString(map('gaps', arrayStringConcat(arrayMap(g -> concat(cw_instant_text(g.1), ' to ',
        if(open AND g.1 >= last_seen, '', cw_instant_text(g.2))), gaps), ', '))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, ended_at, discharged_at IS NULL AS open,
        arrayMap(c -> c.at, arrayFilter(c -> c.at >= admitted_at AND c.at <= ended_at AND c.result = 'match'
            AND (c.method != 'face' OR (ifNull(c.liveness, true) AND ifNull(c.score >= {score}, true))), checks)) AS seen,
        if(empty(seen), admitted_at, seen[-1]) AS last_seen,
        arrayFilter(g -> cw_length(excused, g.1, g.2) > {hours}, cw_gaps(admitted_at, seen, ended_at)) AS gaps,
        arrayFilter(f -> NOT cw_inside(excused, f.at) AND arrayExists(g -> f.at >= g.1 AND f.at < g.2, gaps), day_fees)
            AS violating,
        -- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
        cw_reach(excused, last_seen, {hours} + 1) AS reached,
        arrayMin(arrayFilter(x -> x > ended_at, [reached, if(nursed_at_end
            OR arrayExists(f -> f.at >= ended_at, day_fees), ended_at + 1, 0)])) AS woken,
        if(open, woken, 0) AS due_at
    FROM stays
    WHERE inpatient AND face_required
)
LEFT ARRAY JOIN violating AS fee
