-- Nobody made sure for a day that the person was in the bed.
WITH
    -- Whole days on which special care or an operation kept somebody there.
    watched AS (
        SELECT w.stay AS stay, groupArray((cw_midnight(cw_day_of(w.at)),
            cw_midnight(cw_day_of(least(w.until, s.ended_at + 31622400000) - 1) + 1))) AS spans
        FROM (
            SELECT stay, at, until FROM orders WHERE class = 'nursing' AND nursing_level = 0
            UNION ALL
            SELECT stay, at, until FROM operations
        ) AS w
        INNER JOIN stays AS s ON s.stay = w.stay
        WHERE w.at < w.until
        GROUP BY w.stay
    ),
    passed AS (
        SELECT c.stay AS stay, arraySort(groupArray(c.at)) AS times
        FROM checks AS c
        INNER JOIN stays AS s ON s.stay = c.stay
        WHERE c.at >= s.admitted_at AND c.at <= s.ended_at AND c.result = 'match'
            AND (c.method != 'face' OR (ifNull(c.liveness, true) AND ifNull(c.score >= {score}, true)))
        GROUP BY c.stay
    ),
    watch AS (
        SELECT s.stay AS stay, s.institution_id AS institution_id, s.admitted_at AS admitted_at, s.ended_at AS ended_at,
            s.discharged_at AS discharged_at, p.times AS times, cw_spans(arrayConcat(s.leaves, w.spans)) AS excused
        FROM stays AS s
        LEFT JOIN passed AS p ON p.stay = s.stay
        LEFT JOIN watched AS w ON w.stay = s.stay
        WHERE s.inpatient AND s.face_required
    ),
    gaps AS (
        SELECT stay, excused, discharged_at, ended_at, arrayJoin(cw_gaps(admitted_at, times, ended_at)) AS gap FROM watch
    ),
    unseen AS (SELECT * FROM gaps WHERE cw_length(excused, gap.1, gap.2) > {hours}),
    spans AS (
        SELECT stay, min(gap.1) AS gaps_from,
            if(any(discharged_at) IS NULL AND max(gap.2) >= any(ended_at), NULL, max(gap.2)) AS gaps_until,
            toJSONString(map('gaps', toJSONString(arrayMap(x -> (cw_instant_text(x.1), if(any(discharged_at) IS NULL
                AND x.2 >= any(ended_at), '', cw_instant_text(x.2))), arraySort(groupUniqArray(gap)))))) AS evidence
        FROM unseen GROUP BY stay
    )
SELECT 'hit' AS result, g.stay AS stay, 'involved' AS role, r.kind AS kind, r.institution_id AS institution_id,
    r.record_id AS record_id, r.at AS at, 0 AS amount, g.gaps_from AS span_from, g.gaps_until AS span_until,
    g.evidence AS evidence, '' AS due_institution, 0 AS due_at
FROM spans AS g
INNER JOIN stay_records AS r ON r.stay = g.stay
WHERE r.kind = 'admission'
UNION ALL
SELECT 'hit', f.stay, 'violating', 'fee', f.institution_id, f.record_id, f.at, f.amount, g.gaps_from, g.gaps_until, '', '', 0
FROM fees AS f
INNER JOIN unseen AS u ON u.stay = f.stay
INNER JOIN spans AS g ON g.stay = f.stay
WHERE f.day_unit AND f.at >= u.gap.1 AND f.at < u.gap.2 AND NOT cw_inside(u.excused, f.at)
UNION ALL
-- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
SELECT 'due', w.stay, '', '', '', '', 0, 0, NULL, NULL, '', w.institution_id,
    if(reached > w.ended_at, reached, w.ended_at + 1)
FROM (
    SELECT *, cw_reach(excused, if(empty(times), admitted_at, times[-1]), {hours} + 1) AS reached
    FROM watch WHERE discharged_at IS NULL
) AS w
LEFT JOIN (SELECT stay, max(at) AS latest FROM fees WHERE day_unit GROUP BY stay) AS f ON f.stay = w.stay
WHERE reached > w.ended_at OR f.latest >= w.ended_at OR times[-1] = w.ended_at
UNION ALL
-- An order of special care that begins at the very end excuses its day once the end moves on.
SELECT 'due', s.stay, '', '', '', '', 0, 0, NULL, NULL, '', s.institution_id, s.ended_at + 1
FROM stays AS s
INNER JOIN orders AS o ON o.stay = s.stay
WHERE s.inpatient AND s.face_required AND s.discharged_at IS NULL AND o.open_ended AND o.at >= s.ended_at
    AND o.class = 'nursing' AND o.nursing_level = 0
