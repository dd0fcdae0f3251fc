-- A transfer to another department that was booked as discharge and new
-- admission. At issue is what a new admission costs again.
WITH pairs AS (
    SELECT stay, earlier, admitted_at, toJSONString(map(
        'discharged', cw_instant_text(discharged_at), 'admitted_again', cw_instant_text(admitted_at))) AS evidence
    FROM readmissions
    WHERE other_department AND time_between >= 0 AND time_between < {hours}
)
SELECT 'hit' AS result, p.stay AS stay, 'violating' AS role, 'fee' AS kind,
    f.institution_id AS institution_id, f.record_id AS record_id, f.at AS at, f.amount AS amount, p.evidence AS evidence
FROM pairs AS p
INNER JOIN fees AS f ON f.stay = p.stay
WHERE f.category IN ('registration', 'consultation', 'exam', 'lab')
    AND f.at >= p.admitted_at AND f.at < p.admitted_at + {fee_hours}
UNION ALL
SELECT 'hit', p.stay, 'involved', r.kind, r.institution_id, r.record_id, r.at, 0, p.evidence
FROM (SELECT stay, evidence, arrayJoin([stay, earlier]) AS named FROM pairs) AS p
INNER JOIN stay_records AS r ON r.stay = p.named
WHERE r.kind = 'admission' OR p.named != p.stay
