-- Nobody made sure for a day that the person was in the bed.
SELECT if(notEmpty(gaps), 'hit', '') AS result, stay, 'violating' AS role, if(fee.record_id = '', '', 'fee') AS kind,
    institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    gaps[1].1.at AS span_from, if(open AND gaps[-1].1.at = last_seen, NULL, gaps[-1].2.at) AS span_until,
    toJSONString(map('gaps', arrayStringConcat(arrayMap(g -> concat(cw_instant_text(g.1.at), ' to ',
        if(open AND g.1.at = last_seen, '', cw_instant_text(g.2.at))), gaps), ', '))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, open, fees, seen[-2].at AS last_seen,
        -- A gap lies between two proofs, one after the other.
        arrayFilter(g -> g.2.counted - g.1.counted > {hours}, arrayZip(arraySlice(seen, 1, -1), arraySlice(seen, 2))) AS gaps,
        -- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
        {hours} - seen[-1].counted + seen[-2].counted AS short,
        multiIf(NOT open, 0, restless, ended_at + 1, short >= 0, resumes_at + short + 1, 0) AS due_at
    FROM (SELECT *, arrayFilter(p -> p.score >= {score}, proofs) AS seen FROM attested)
)
LEFT ARRAY JOIN arrayFilter(f -> arrayExists(g -> f.at >= g.1.at AND f.at < g.2.at, gaps), fees) AS fee
