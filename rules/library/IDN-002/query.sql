-- Nobody made sure for a day that the person was in the bed.
SELECT if(notEmpty(gaps), 'hit', '') AS result, stay, 'violating' AS role, if(fee.record_id = '', '', 'fee') AS kind,
    institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    gaps[1].1 AS span_from, if(gaps[-1].3, NULL, gaps[-1].2) AS span_until,
    toJSONString(map('gaps', arrayStringConcat(arrayMap(g -> concat(cw_instant_text(g.1), ' to ',
        if(g.3, '', cw_instant_text(g.2))), gaps), ', '))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, gaps, due_at, arrayFilter(f -> arrayExists(g -> f.at >= g.1 AND f.at < g.2, gaps), fees) AS charged
    FROM (
        SELECT stay, institution_id, fees,
            arrayMap(g -> (g.1.at, g.2.at, open AND g.1.at >= seen[-2].at), arrayFilter(g -> g.2.counted - g.1.counted > {hours},
                arrayZip(arraySlice(seen, 1, -1), arraySlice(seen, 2)))) AS gaps,
            -- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
            cw_reach(excused, seen[-2].at, {hours} + 1) AS reached,
            multiIf(NOT open, 0, restless, ended_at + 1, reached > ended_at, reached, 0) AS due_at
        FROM (SELECT *, arrayFilter(p -> p.score >= {score}, proofs) AS seen FROM attested)
    )
)
LEFT ARRAY JOIN charged AS fee
