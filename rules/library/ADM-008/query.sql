-- Nobody ordered anything for a day after the admission.
WITH
    first_orders AS (
        SELECT o.stay AS stay, min(o.at) AS at
        FROM orders AS o
        INNER JOIN stays AS s ON s.stay = o.stay
        WHERE o.at >= s.admitted_at
        GROUP BY o.stay
    ),
    unordered AS (
        SELECT s.stay AS stay, s.institution_id AS institution_id, s.admitted_at AS admitted_at, s.present AS present,
            s.ended_at AS ended_at, s.discharged_at AS discharged_at, least(ifNull(o.at, s.ended_at), s.ended_at) AS idle_until,
            toJSONString(map('admitted', cw_instant_text(s.admitted_at),
                'first_order', if(o.at IS NULL, '', cw_instant_text(assumeNotNull(o.at))))) AS evidence
        FROM stays AS s
        LEFT JOIN first_orders AS o ON o.stay = s.stay
        WHERE s.inpatient AND (o.at IS NULL OR o.at >= s.admitted_at + {hours})
            AND (s.discharged_at IS NULL OR s.ended_at >= s.admitted_at + {hours})
    ),
    found AS (SELECT * FROM unordered WHERE present >= admitted_at + {hours} + {grace} AND ended_at >= admitted_at + {hours})
SELECT 'hit' AS result, u.stay AS stay, 'violating' AS role, 'fee' AS kind, f.institution_id AS institution_id,
    f.record_id AS record_id, f.at AS at, f.amount AS amount, u.evidence AS evidence, '' AS due_institution, 0 AS due_at
FROM found AS u
INNER JOIN fees AS f ON f.stay = u.stay
WHERE f.day_unit AND f.at >= u.admitted_at AND f.at < u.idle_until
UNION ALL
SELECT 'hit', u.stay, 'involved', r.kind, r.institution_id, r.record_id, r.at, 0, u.evidence, '', 0
FROM found AS u
INNER JOIN stay_records AS r ON r.stay = u.stay
WHERE r.kind = 'admission'
UNION ALL
SELECT 'due', stay, '', '', '', '', 0, 0, '', institution_id, admitted_at + {hours} + {grace}
FROM unordered WHERE present < admitted_at + {hours} + {grace}
UNION ALL
-- A fee at the very end of an open stay is inside once the end moves on.
SELECT 'due', u.stay, '', '', '', '', 0, 0, '', u.institution_id, u.ended_at + 1
FROM found AS u
INNER JOIN fees AS f ON f.stay = u.stay
WHERE u.discharged_at IS NULL AND f.day_unit AND f.at >= u.ended_at
