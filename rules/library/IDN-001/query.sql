-- Several failed face checks within a day: somebody else may lie in the bed.
SELECT stay, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('failed_checks', toString(length(clustered)))) AS evidence
FROM (
    SELECT s.stay AS stay, s.institution_id AS institution_id, s.clustered AS clustered, arrayConcat(
        arrayMap(c -> ('involved', 'identity_check', c.record_id, c.at, toInt64(0)), s.clustered),
        arrayMap(f -> ('violating', 'fee', f.2, f.1, f.4),
            arrayFilter(f -> has(arrayMap(c -> cw_day_of(c.at), s.clustered), f.3), f.fees))) AS named
    FROM (
        SELECT stay, institution_id,
            arrayFilter(c -> c.method = 'face' AND c.result != 'unavailable' AND (c.result = 'mismatch'
                OR ifNull(c.liveness = false, false) OR ifNull(c.score < {score}, false)), checks) AS failed,
            arraySlice(arrayMap(c -> c.at, failed), 1, greatest(toInt64(length(failed)) - {checks} + 1, 0)) AS firsts,
            arraySlice(arrayMap(c -> c.at, failed), {checks}) AS lasts,
            arrayFilter(c -> arrayExists((a, b) -> a <= c.at AND c.at <= b AND b - a <= {hours}, firsts, lasts), failed)
                AS clustered
        FROM stays
        WHERE inpatient AND face_required AND notEmpty(checks)
    ) AS s
    LEFT JOIN (
        SELECT stay, arraySort(groupArray((at, record_id, day, amount))) AS fees FROM fees GROUP BY stay
    ) AS f ON f.stay = s.stay
    WHERE notEmpty(s.clustered)
)
ARRAY JOIN named AS line
