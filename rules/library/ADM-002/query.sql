-- Two stays a little further apart, and something besides that ties them
-- together: the physician, the bed, or the same examinations again.
WITH
    near AS (
        SELECT * FROM readmissions
        WHERE days_between > {core_days} AND days_between <= {days}
            AND NOT (other_department AND time_between >= 0 AND time_between < {transfer_hours})
    ),
    repeated AS (
        SELECT p.stay AS stay, uniqExact(f.item_code) AS items
        FROM near AS p
        INNER JOIN fees AS f ON f.stay = p.stay
        WHERE f.category IN ('exam', 'lab') AND f.at >= p.admitted_at AND f.at < p.admitted_at + {hours}
            AND (p.earlier, f.item_code) IN (SELECT stay, item_code FROM fees)
        GROUP BY p.stay
    )
SELECT 'hit' AS result, p.stay AS stay, 'involved' AS role, r.kind AS kind,
    r.institution_id AS institution_id, r.record_id AS record_id, r.at AS at, p.evidence AS evidence
FROM (
    SELECT n.stay AS stay, arrayJoin([n.stay, n.earlier]) AS named, toJSONString(map(
        'days_between', toString(n.days_between), 'same_physician', toString(n.same_physician),
        'same_bed', toString(n.same_bed), 'items_charged_again', toString(ifNull(x.items, 0)))) AS evidence
    FROM near AS n
    LEFT JOIN repeated AS x ON x.stay = n.stay
    WHERE n.same_physician OR n.same_bed OR ifNull(x.items, 0) >= {items}
) AS p
INNER JOIN stay_records AS r ON r.stay = p.named
WHERE r.kind = 'admission' OR p.named != p.stay
