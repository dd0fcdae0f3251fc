-- What a load works out from the live records, in this order.

-- Stays with their first admission and discharge, and where they stand.
INSERT INTO {slice}.numbered
WITH
    (SELECT max(as_of) FROM {slice}.clock) AS as_of,
    first_admissions AS (
        SELECT * FROM {slice}.live_admissions ORDER BY at, record_id LIMIT 1 BY institution_id, person_id, stay_id
    ),
    first_discharges AS (
        SELECT institution_id, person_id, stay_id, record_id, at, disposition, diagnoses
        FROM {slice}.live_discharges ORDER BY at, record_id LIMIT 1 BY institution_id, person_id, stay_id
    ),
    moves AS (
        SELECT institution_id, person_id, stay_id, argMax(department, (at, record_id)) AS department
        FROM {slice}.live_transfers GROUP BY institution_id, person_id, stay_id
    ),
    own AS (
        SELECT institution_id, person_id, stay_id, max(at) AS latest
        FROM {slice}.live_all GROUP BY institution_id, person_id, stay_id
    ),
    facilities AS (
        SELECT institution_id, city, level, face_required FROM (
            SELECT institution_id, city, level, face_required, void FROM {main}.ref_institutions
            WHERE institution_id IN (SELECT institution_id FROM {slice}.presents)
            ORDER BY seq DESC, line DESC LIMIT 1 BY institution_id
        ) WHERE NOT void
    )
SELECT
    row_number() OVER (ORDER BY a.person_id, a.at, a.stay_id, a.institution_id) AS stay,
    a.institution_id, a.person_id, a.stay_id, a.record_id,
    a.class, a.route, a.department, a.ward, a.bed, a.physician_id,
    a.diagnoses, a.injury_case_id, a.referral_id, a.series_id, a.at, a.day,
    ifNull(d.record_id, ''), d.at AS discharged_at, ifNull(d.disposition, ''), d.diagnoses,
    ifNull(m.department, a.department), ifNull(p.present, a.at) AS present,
    multiIf(d.at IS NOT NULL, d.at,
        a.class = 'outpatient', least(cw_midnight(a.day + 1), present),
        greatest(present, o.latest)) AS ended_at,
    cw_day_of(ended_at), ifNull(i.city, ''), i.level, i.institution_id IS NOT NULL, ifNull(i.face_required, false)
FROM first_admissions AS a
INNER JOIN own AS o USING (institution_id, person_id, stay_id)
LEFT JOIN first_discharges AS d USING (institution_id, person_id, stay_id)
LEFT JOIN moves AS m USING (institution_id, person_id, stay_id)
LEFT JOIN {slice}.presents AS p USING (institution_id)
LEFT JOIN facilities AS i USING (institution_id);

-- Net lines: refunds folded, category and limits of the service date resolved.
-- Rows of one item and region never overlap, so the latest that began is the
-- only one that can be valid; the city's own row goes before the general one.
INSERT INTO {slice}.lines
WITH
    refunds AS (
        SELECT institution_id, person_id, stay_id, reverses AS record_id,
            sum(toInt128(quantity)) AS quantity, sum(toInt128(amount)) AS amount
        FROM {slice}.live_fees WHERE reverses != ''
        GROUP BY institution_id, person_id, stay_id, reverses
    ),
    items AS (
        SELECT item_code, region, toInt32(valid_from) AS since, ifNull(toInt32(valid_until), toInt32(2147483647)) AS until,
            category, unit, [price_cap_1, price_cap_2, price_cap_3] AS caps, max_per_day
        FROM (
            SELECT * FROM {main}.ref_items WHERE item_code IN (SELECT item_code FROM {slice}.live_fees)
            ORDER BY seq DESC, line DESC LIMIT 1 BY item_code, region, valid_from
        ) WHERE NOT void
    ),
    net AS (
        SELECT f.*, n.stay AS stay, n.city AS city, n.level AS level,
            toInt64(f.quantity + ifNull(r.quantity, 0)) AS net_quantity, toInt64(f.amount + ifNull(r.amount, 0)) AS net_amount
        FROM (SELECT * FROM {slice}.live_fees WHERE reverses = '') AS f
        INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id)
        LEFT JOIN refunds AS r USING (institution_id, person_id, stay_id, record_id)
        WHERE net_quantity > 0
    )
SELECT
    row_number() OVER (ORDER BY f.at, f.record_id, f.institution_id) AS line,
    f.stay, f.institution_id, f.person_id, f.stay_id, f.record_id, f.at, f.day, f.item_code,
    multiIf(c.until > f.day, c.category, g.until > f.day, g.category, f.category) AS resolved,
    f.net_quantity, f.unit_price, f.net_amount, f.order_id, f.prescription_id, f.physician_id, ifNull(f.self_pay, false),
    resolved IN ('bed', 'nursing', 'consultation')
        AND multiIf(c.until > f.day, c.unit, g.until > f.day, g.unit, '') IN ('', '日', '天', '床日', 'day'),
    ifNull(c.until > f.day OR g.until > f.day, false),
    multiIf(c.until > f.day, c.caps[f.level], g.until > f.day, g.caps[f.level], NULL),
    multiIf(c.until > f.day, c.max_per_day, g.until > f.day, g.max_per_day, NULL)
FROM net AS f
ASOF LEFT JOIN (SELECT * FROM items WHERE region != '') AS c
    ON c.item_code = f.item_code AND c.region = f.city AND c.since <= f.day
ASOF LEFT JOIN (SELECT * FROM items WHERE region = '') AS g
    ON g.item_code = f.item_code AND g.since <= f.day;

-- Orders with the interval in which each is active.
INSERT INTO {slice}.orders
SELECT n.stay, o.institution_id, o.record_id, o.at,
    coalesce(o.until, o.at + toInt64(o.days) * 86400000, n.ended_at),
    o.until IS NULL AND o.days IS NULL,
    o.class, o.item_code, o.times_per_day, o.nursing_level, o.physician_id
FROM {slice}.live_orders AS o
INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id);

-- Substantive events within their stay; one at ended_at counts.
INSERT INTO {slice}.events
SELECT e.stay, e.at, cw_day_of(e.at)
FROM (
    SELECT stay, at FROM {slice}.orders WHERE class IN ('drug', 'exam', 'lab', 'treatment', 'surgery', 'rehab')
    UNION ALL
    SELECT stay, at FROM {slice}.lines
    WHERE category IN ('exam', 'lab', 'treatment', 'surgery', 'drug', 'consumable', 'rehab')
    UNION ALL
    SELECT n.stay, x.at FROM (
        SELECT institution_id, person_id, stay_id, at FROM {slice}.live_care_records WHERE type = 'execution'
        UNION ALL
        SELECT institution_id, person_id, stay_id, at FROM {slice}.live_operations
        UNION ALL
        SELECT institution_id, person_id, stay_id, at FROM {slice}.live_exam_reports
    ) AS x INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id)
) AS e
INNER JOIN {slice}.numbered AS s USING (stay)
WHERE s.class != 'outpatient' AND e.at >= s.admitted_at AND e.at <= s.ended_at;

-- Stays with their leaves, clipped and merged, and their events.
INSERT INTO {slice}.stays
WITH
    away AS (
        SELECT n.stay AS stay, cw_spans(groupArray(
            (greatest(l.at, n.admitted_at), least(l.until, ifNull(n.discharged_at, l.until))))) AS leaves
        FROM {slice}.live_leaves AS l
        INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id)
        GROUP BY stay
    ),
    care AS (
        SELECT stay, arraySort(groupArray(at)) AS events FROM {slice}.events GROUP BY stay
    )
SELECT n.stay, n.institution_id, n.person_id, n.stay_id, n.admission_id,
    n.class, n.class != 'outpatient', n.route, n.department, n.ward, n.bed, n.physician_id,
    n.injury_case_id, n.series_id,
    substringUTF8(if(notEmpty(n.discharge_diagnoses), n.discharge_diagnoses, n.diagnoses)[1], 1, 3),
    arrayDistinct(arrayConcat(n.diagnoses, n.discharge_diagnoses)),
    if(notEmpty(n.discharge_diagnoses), n.discharge_diagnoses, n.diagnoses)[1],
    n.admitted_at, n.admitted_on, n.discharge_id, n.discharged_at,
    if(n.discharged_at IS NULL, NULL, cw_day_of(assumeNotNull(n.discharged_at))),
    n.disposition, n.last_department, n.present, n.ended_at, n.ended_on, greatest(1, n.ended_on - n.admitted_on),
    a.leaves, c.events, n.institution_found, n.face_required, n.level
FROM {slice}.numbered AS n
LEFT JOIN away AS a USING (stay)
LEFT JOIN care AS c USING (stay);
