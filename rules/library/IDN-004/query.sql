-- A face was recognised at two institutions, with less time between than the way takes.
SELECT [smaller_institution, greater_institution, person_id, cw_day_text(day)] AS about, day, 'involved' AS role,
    'identity_check' AS kind, check.institution_id AS institution_id, check.record_id AS record_id, check.at AS at,
    check.stay AS line_stay,
    toJSONString(map('seen_at', cw_instant_text(checks[1].at), 'and_at', cw_instant_text(checks[2].at))) AS evidence
FROM sightings
ARRAY JOIN checks AS check
WHERE apart <= {minutes} AND ifNull(first_score >= {score}, true) AND ifNull(second_score >= {score}, true)
