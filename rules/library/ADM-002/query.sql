-- Two stays a little further apart, and something besides that ties them
-- together: the physician, the bed, or the same examinations again.
SELECT stay, 'involved' AS role, line.kind AS kind, institution_id, line.record_id AS record_id, line.at AS at,
    toJSONString(map('days_between', toString(days_between), 'same_physician', toString(same_physician),
        'same_bed', toString(same_bed), 'items_charged_again', toString(items))) AS evidence
FROM (
    SELECT stay, institution_id, days_between, same_physician, same_bed, named, length(arrayDistinct(arrayMap(f -> f.item_code, arrayFilter(f -> f.again
        AND f.category IN ('exam', 'lab') AND f.at >= admitted_at AND f.at < admitted_at + {hours}, fees)))) AS items
    FROM readmissions
    WHERE days_between > {core_days} AND days_between <= {days}
        AND NOT (other_department AND time_between >= 0 AND time_between < {transfer_hours})
)
ARRAY JOIN named AS line
WHERE same_physician OR same_bed OR items >= {items}
