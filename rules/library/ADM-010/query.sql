-- On half of its days or more, a stay saw no care at all.
WITH counted AS (
    SELECT d.stay AS stay, count() AS days, countIf(NOT d.substantive) AS inert, toJSONString(map(
        'days', toString(count()), 'days_without_care', toString(countIf(NOT d.substantive)))) AS evidence
    FROM stay_days AS d
    INNER JOIN stays AS s ON s.stay = d.stay
    WHERE s.discharged_at IS NOT NULL AND NOT d.on_leave
    GROUP BY d.stay
    HAVING days >= {days} AND inert * 10000 >= days * {share}
)
SELECT 'hit' AS result, c.stay AS stay, 'violating' AS role, 'fee' AS kind, f.institution_id AS institution_id,
    f.record_id AS record_id, f.at AS at, f.amount AS amount, c.evidence AS evidence
FROM counted AS c
INNER JOIN fees AS f ON f.stay = c.stay
WHERE f.day_unit AND (f.stay, f.day) IN (SELECT stay, day FROM stay_days WHERE NOT on_leave AND NOT substantive)
UNION ALL
SELECT 'hit', c.stay, 'involved', r.kind, r.institution_id, r.record_id, r.at, 0, c.evidence
FROM counted AS c
INNER JOIN stay_records AS r ON r.stay = c.stay
WHERE r.kind = 'admission'
