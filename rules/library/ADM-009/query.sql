-- Days are charged in a stretch in which nothing was done for the person.
WITH
    gaps AS (
        SELECT stay, leaves, discharged_at, ended_at, arrayJoin(cw_gaps(admitted_at, events, ended_at)) AS gap
        FROM stays WHERE inpatient
    ),
    charged AS (
        SELECT g.stay AS stay, g.gap AS gap, g.discharged_at AS discharged_at, g.ended_at AS ended_at,
            f.institution_id AS institution_id, f.record_id AS record_id, f.at AS at, f.amount AS amount
        FROM fees AS f
        INNER JOIN (SELECT * FROM gaps WHERE cw_length(leaves, gap.1, gap.2) > {hours}) AS g ON g.stay = f.stay
        WHERE f.day_unit AND f.at >= g.gap.1 AND f.at < g.gap.2 AND NOT cw_inside(g.leaves, f.at)
    ),
    spans AS (
        SELECT stay, min(gap.1) AS gaps_from,
            if(any(discharged_at) IS NULL AND max(gap.2) >= any(ended_at), NULL, max(gap.2)) AS gaps_until,
            toJSONString(map('gaps', toJSONString(arrayMap(x -> (cw_instant_text(x.1), if(any(discharged_at) IS NULL
                AND x.2 >= any(ended_at), '', cw_instant_text(x.2))), arraySort(groupUniqArray(gap)))))) AS evidence
        FROM charged GROUP BY stay
    )
SELECT 'hit' AS result, c.stay AS stay, 'violating' AS role, 'fee' AS kind, c.institution_id AS institution_id,
    c.record_id AS record_id, c.at AS at, c.amount AS amount, g.gaps_from AS span_from, g.gaps_until AS span_until,
    g.evidence AS evidence, '' AS due_institution, 0 AS due_at
FROM charged AS c
INNER JOIN spans AS g ON g.stay = c.stay
UNION ALL
-- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
SELECT 'due', s.stay, '', '', '', '', 0, 0, NULL, NULL, '', s.institution_id,
    if(reached > s.ended_at, reached, s.ended_at + 1)
FROM (
    SELECT *, cw_reach(leaves, if(empty(events), admitted_at, events[-1]), {hours} + 1) AS reached
    FROM stays WHERE inpatient AND discharged_at IS NULL
) AS s
LEFT JOIN (SELECT stay, max(at) AS latest FROM fees WHERE day_unit GROUP BY stay) AS f ON f.stay = s.stay
WHERE reached > s.ended_at OR f.latest >= s.ended_at OR events[-1] = s.ended_at
