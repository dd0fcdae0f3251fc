-- Several failed face checks within a day: somebody else may lie in the bed.
SELECT stay, line.1 AS role, line.2 AS kind, institution_id, line.3 AS record_id, line.4 AS at, line.5 AS amount,
    toJSONString(map('failed_checks', toString(length(clustered)))) AS evidence
FROM (
    -- The first and the last of as many failed checks as it takes, one after the other.
    SELECT stay, institution_id, fees, arrayFilter(c -> arrayExists((a, b) -> a.at <= c.at AND c.at <= b.at AND b.at - a.at <= {hours},
        arraySlice(failed, 1, greatest(toInt64(length(failed)) - {checks} + 1, 0)), arraySlice(failed, {checks})), failed) AS clustered
    FROM (SELECT stay, institution_id, fees, arrayFilter(c -> c.score < {score}, checks) AS failed FROM doubted)
    WHERE notEmpty(clustered)
)
ARRAY JOIN arrayConcat(
    arrayMap(c -> ('involved', 'identity_check', c.record_id, c.at, toInt64(0)), clustered),
    arrayMap(f -> ('violating', 'fee', f.record_id, f.at, f.amount), arrayFilter(f -> has(arrayMap(c -> c.day, clustered), f.day), fees))) AS line
