-- Days are charged in a stretch in which nothing was done for the person.
SELECT if(fee.record_id = '', '', 'hit') AS result, stay, 'violating' AS role, 'fee' AS kind, institution_id,
    fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    gaps[1].1 AS span_from, if(open AND gaps[-1].1 >= last_care, NULL, gaps[-1].2) AS span_until,
    toJSONString(map('gaps', arrayStringConcat(arrayMap(g -> concat(cw_instant_text(g.1), ' to ',
        if(open AND g.1 >= last_care, '', cw_instant_text(g.2))), gaps), ', '))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, ended_at, discharged_at IS NULL AS open, if(empty(events), admitted_at, events[-1]) AS last_care,
        arrayFilter(f -> NOT cw_inside(leaves, f.at), day_fees) AS charged,
        arrayFilter(g -> cw_length(leaves, g.1, g.2) > {hours} AND arrayExists(f -> f.at >= g.1 AND f.at < g.2, charged),
            cw_gaps(admitted_at, events, ended_at)) AS gaps,
        arrayFilter(f -> arrayExists(g -> f.at >= g.1 AND f.at < g.2, gaps), charged) AS violating,
        -- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
        cw_reach(leaves, last_care, {hours} + 1) AS reached,
        multiIf(NOT open, 0, reached > ended_at, reached,
            arrayExists(f -> f.at >= ended_at, day_fees), ended_at + 1, 0) AS due_at
    FROM stays
    WHERE inpatient
)
LEFT ARRAY JOIN violating AS fee
WHERE fee.record_id != '' OR due_at != 0
