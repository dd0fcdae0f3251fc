-- Admissions and fees reach the fund days after they happened, when nobody can look
-- at the bed any more.
SELECT stay, 'involved' AS role, upload.kind AS kind, institution_id, upload.record_id AS record_id, upload.at AS at,
    toJSONString(map('late_records', toString(length(late)),
        'longest_hours', toString(arrayMax(u -> intDiv(u.received_at - u.at, 3600000), late)))) AS evidence
FROM (
    SELECT stay, institution_id, arrayFilter(u -> u.received_at - u.at > {hours}, uploads) AS late FROM late_uploads
)
ARRAY JOIN late AS upload
