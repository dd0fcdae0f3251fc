-- Several failed face checks within a day: somebody else may lie in the bed.
SELECT stay, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('failed_checks', toString(length(clustered)))) AS evidence
FROM (
    SELECT stay, institution_id, fees,
        arrayFilter(c -> c.result = 'mismatch' OR ifNull(c.liveness = false, false) OR ifNull(c.score < {score}, false), checks) AS failed,
        arraySlice(arrayMap(c -> c.at, failed), 1, greatest(toInt64(length(failed)) - {checks} + 1, 0)) AS firsts,
        arraySlice(arrayMap(c -> c.at, failed), {checks}) AS lasts,
        arrayFilter(c -> arrayExists((a, b) -> a <= c.at AND c.at <= b AND b - a <= {hours}, firsts, lasts), failed) AS clustered,
        arrayMap(c -> cw_day_of(c.at), clustered) AS days
    FROM doubted
)
ARRAY JOIN arrayConcat(
    arrayMap(c -> ('involved', 'identity_check', c.record_id, c.at, toInt64(0)), clustered),
    arrayMap(f -> ('violating', 'fee', f.record_id, f.at, f.amount), arrayFilter(f -> has(days, f.day), fees))) AS line
WHERE notEmpty(clustered)
