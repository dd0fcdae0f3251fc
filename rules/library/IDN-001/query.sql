-- Several failed face checks within a day: somebody else may lie in the bed.
WITH
    failed AS (
        SELECT c.*
        FROM checks AS c
        INNER JOIN stays AS s ON s.stay = c.stay
        WHERE s.inpatient AND s.face_required AND c.method = 'face' AND c.result != 'unavailable'
            AND (c.result = 'mismatch' OR c.liveness = false OR c.score < {score})
    ),
    sequences AS (
        SELECT stay, arraySort(groupArray(at)) AS times FROM failed GROUP BY stay HAVING length(times) >= {checks}
    ),
    clustered AS (
        SELECT f.* FROM failed AS f
        INNER JOIN sequences AS q ON q.stay = f.stay
        WHERE arrayExists((first, nth) -> first <= f.at AND f.at <= nth AND nth - first <= {hours},
            arraySlice(q.times, 1, length(q.times) - {checks} + 1), arraySlice(q.times, {checks}))
    ),
    counted AS (
        SELECT stay, toJSONString(map('failed_checks', toString(count()))) AS evidence FROM clustered GROUP BY stay
    )
SELECT 'hit' AS result, f.stay AS stay, 'violating' AS role, 'fee' AS kind, f.institution_id AS institution_id,
    f.record_id AS record_id, f.at AS at, f.amount AS amount, '' AS evidence
FROM fees AS f
WHERE (f.stay, f.day) IN (SELECT stay, day FROM clustered)
UNION ALL
SELECT 'hit', c.stay, 'involved', 'identity_check', c.institution_id, c.record_id, c.at, 0, e.evidence
FROM clustered AS c
INNER JOIN counted AS e ON e.stay = c.stay
