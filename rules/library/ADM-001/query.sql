-- Two stays within a few days for the same illness are one stay in two. At
-- issue is what b examined again of what a had already charged.
WITH pairs AS (
    SELECT stay, earlier, admitted_at, days_between, toJSONString(map(
        'discharged', cw_instant_text(discharged_at), 'admitted_again', cw_instant_text(admitted_at),
        'days_between', toString(days_between), 'limit_days', toString({days}))) AS evidence
    FROM readmissions
    WHERE days_between >= 0 AND days_between <= {days}
        AND NOT (other_department AND time_between >= 0 AND time_between < {transfer_hours})
)
SELECT 'hit' AS result, p.stay AS stay, 'violating' AS role, 'fee' AS kind,
    f.institution_id AS institution_id, f.record_id AS record_id, f.at AS at, f.amount AS amount, p.evidence AS evidence
FROM pairs AS p
INNER JOIN fees AS f ON f.stay = p.stay
WHERE f.category IN ('exam', 'lab') AND f.at >= p.admitted_at AND f.at < p.admitted_at + {hours}
    AND (p.earlier, f.item_code) IN (SELECT stay, item_code FROM fees)
UNION ALL
SELECT 'hit', p.stay, 'involved', r.kind, r.institution_id, r.record_id, r.at, 0, p.evidence
FROM (SELECT stay, evidence, arrayJoin([stay, earlier]) AS named FROM pairs) AS p
INNER JOIN stay_records AS r ON r.stay = p.named
WHERE r.kind = 'admission' OR p.named != p.stay
