-- What a load works out from the live records, in this order. {live.X} are the
-- records of a kind that exist at as_of.

-- Stays with their first admission and discharge, and where they stand.
INSERT INTO {slice}.numbered
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
FROM (SELECT * FROM {live.admissions} ORDER BY at, record_id LIMIT 1 BY institution_id, person_id, stay_id) AS a
INNER JOIN (
    SELECT institution_id, person_id, stay_id, max(at) AS latest FROM {slice}.places
    WHERE at <= {as_of} GROUP BY institution_id, person_id, stay_id
) AS o USING (institution_id, person_id, stay_id)
LEFT JOIN (
    SELECT institution_id, person_id, stay_id, record_id, at, disposition, diagnoses
    FROM {live.discharges} ORDER BY at, record_id LIMIT 1 BY institution_id, person_id, stay_id
) AS d USING (institution_id, person_id, stay_id)
LEFT JOIN (
    SELECT institution_id, person_id, stay_id, argMax(department, (at, record_id)) AS department
    FROM {live.transfers} GROUP BY institution_id, person_id, stay_id
) AS m USING (institution_id, person_id, stay_id)
LEFT JOIN {slice}.presents AS p USING (institution_id)
LEFT JOIN (SELECT * FROM {slice}.institutions WHERE NOT void) AS i USING (institution_id);

-- Net lines: refunds folded (a self-pay refund gives nothing back to the fund,
-- but what it takes back was not done), category and limits of the service date resolved.
-- Rows of one item and region never overlap, so the latest that began is the
-- only one that can be valid; the city's own row goes before the general one.
INSERT INTO {slice}.lines
SELECT line, stay, institution_id, person_id, stay_id, record_id, at, day, item_code, category, quantity, unit_price,
    amount, order_id, prescription_id, physician_id, performed, charged, day_unit, item_found, cap, max_per_day,
    count() OVER same, min(record_id) OVER same
FROM (
    SELECT row_number() OVER (ORDER BY f.at, f.record_id, f.institution_id) AS line,
        f.stay AS stay, f.institution_id AS institution_id, f.person_id AS person_id, f.stay_id AS stay_id,
        f.record_id AS record_id, f.at AS at, f.day AS day, f.item_code AS item_code,
        ifNull(c.until > f.day, false) AS of_city, ifNull(g.until > f.day, false) AS general,
        multiIf(of_city, c.category, general, g.category, f.category) AS category,
        f.net_quantity AS quantity, f.unit_price AS unit_price, f.net_amount AS amount,
        f.order_id AS order_id, f.prescription_id AS prescription_id, f.physician_id AS physician_id,
        f.performed AS performed,
        quantity > 0 AND amount > 0 AND NOT ifNull(f.self_pay, false) AS charged,
        category IN ('bed', 'nursing', 'consultation')
            AND multiIf(of_city, c.unit, general, g.unit, '') IN ('', '日', '天', '床日', 'day') AS day_unit,
        of_city OR general AS item_found,
        multiIf(f.level = 1, if(of_city, c.cap_1, g.cap_1), f.level = 2, if(of_city, c.cap_2, g.cap_2),
            f.level = 3, if(of_city, c.cap_3, g.cap_3), NULL) AS any_cap,
        if(item_found, any_cap, NULL) AS cap, if(item_found, if(of_city, c.max_per_day, g.max_per_day), NULL) AS max_per_day
    FROM (
        SELECT f.*, n.stay AS stay, n.city AS city, n.level AS level,
            toInt64(f.quantity + ifNull(r.quantity, 0)) AS net_quantity, toInt64(f.amount + ifNull(r.amount, 0)) AS net_amount,
            f.quantity + ifNull(r.all_quantity, 0) > 0 AS performed
        FROM (SELECT * FROM {live.fees} WHERE reverses = '') AS f
        INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id)
        LEFT JOIN (
            SELECT institution_id, person_id, stay_id, reverses AS record_id,
                sumIf(toInt128(quantity), NOT ifNull(self_pay, false)) AS quantity,
                sumIf(toInt128(amount), NOT ifNull(self_pay, false)) AS amount, sum(toInt128(f.quantity)) AS all_quantity
            FROM {live.fees} AS f WHERE reverses != ''
            GROUP BY institution_id, person_id, stay_id, reverses
        ) AS r USING (institution_id, person_id, stay_id, record_id)
        WHERE net_quantity > 0 OR performed
    ) AS f
    ASOF LEFT JOIN (SELECT * FROM {slice}.items WHERE NOT void AND region != '') AS c
        ON c.item_code = f.item_code AND c.region = f.city AND c.since <= f.day
    ASOF LEFT JOIN (SELECT * FROM {slice}.items WHERE NOT void AND region = '') AS g
        ON g.item_code = f.item_code AND g.since <= f.day
)
WINDOW same AS (PARTITION BY charged, stay, item_code, intDiv(at, 1000), quantity, unit_price,
    physician_id, order_id);

INSERT INTO {slice}.fees SELECT * FROM {slice}.lines WHERE charged;

-- Orders with the interval in which each is active.
INSERT INTO {slice}.orders
SELECT n.stay, o.institution_id, o.record_id, o.at,
    coalesce(o.until, o.at + toInt64(o.days) * 86400000, n.ended_at),
    o.until IS NULL AND o.days IS NULL,
    o.class, o.item_code, o.times_per_day, o.nursing_level, o.physician_id
FROM {live.orders} AS o
INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id);

-- Substantive events within their stay; one at ended_at counts.
INSERT INTO {slice}.events
SELECT e.stay, e.at
FROM (
    SELECT stay, at FROM {slice}.orders WHERE class IN ('drug', 'exam', 'lab', 'treatment', 'surgery', 'rehab')
    UNION ALL
    SELECT stay, at FROM {slice}.lines
    WHERE performed AND category IN ('exam', 'lab', 'treatment', 'surgery', 'drug', 'consumable', 'rehab')
    UNION ALL
    SELECT n.stay, x.at FROM (
        SELECT institution_id, person_id, stay_id, at FROM {live.care_records} WHERE type = 'execution'
        UNION ALL
        SELECT institution_id, person_id, stay_id, at FROM {live.operations}
        UNION ALL
        SELECT institution_id, person_id, stay_id, at FROM {live.exam_reports}
    ) AS x INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id)
) AS e
INNER JOIN {slice}.numbered AS s USING (stay)
WHERE s.class != 'outpatient' AND e.at >= s.admitted_at AND e.at <= s.ended_at;

-- Stays with their arrays: leaves clipped and merged, what excuses a missing
-- check, events, days, day-unit fees and checks. Far ends of excuses are cut a
-- year and a day behind the end of the stay, which only wakes somebody early.
INSERT INTO {slice}.stays
SELECT n.stay, n.institution_id, n.person_id, n.stay_id, n.admission_id,
    n.class, n.class != 'outpatient', n.route, n.department, n.ward, n.bed, n.physician_id,
    n.injury_case_id, n.series_id,
    substringUTF8(if(notEmpty(n.discharge_diagnoses), n.discharge_diagnoses, n.diagnoses)[1], 1, 3),
    arrayDistinct(arrayConcat(n.diagnoses, n.discharge_diagnoses)),
    if(notEmpty(n.discharge_diagnoses), n.discharge_diagnoses, n.diagnoses)[1],
    n.admitted_at, n.admitted_on, n.discharge_id, n.discharged_at,
    if(n.discharged_at IS NULL, NULL, cw_day_of(assumeNotNull(n.discharged_at))),
    n.disposition, n.last_department, n.present, n.ended_at, n.ended_on, greatest(1, n.ended_on - n.admitted_on),
    cw_spans(arrayMap(x -> (greatest(x.1, n.admitted_at), least(x.2, ifNull(n.discharged_at, x.2))), x.leaves)) AS leaves,
    cw_spans(arrayConcat(leaves, arrayMap(x -> (cw_midnight(cw_day_of(x.1)),
        cw_midnight(cw_day_of(least(x.2, n.ended_at + 31622400000) - 1) + 1)),
        arrayFilter(x -> x.1 < least(x.2, n.ended_at + 31622400000), x.watched)))),
    ifNull(x.open_nursing >= n.ended_at, false), arraySort(x.events) AS events,
    if(arrayExists(o -> o >= n.admitted_at, x.orders), arrayMin(arrayFilter(o -> o >= n.admitted_at, x.orders)), NULL),
    arrayFilter(d -> NOT arrayExists(x -> x.1 <= cw_midnight(d) AND cw_midnight(d + 1) <= x.2, leaves),
        range(n.admitted_on, greatest(n.ended_on, n.admitted_on + 1))) AS days,
    arrayFilter(d -> NOT has(arrayMap(e -> cw_day_of(e), events), d), days),
    arraySort(x.day_fees), arraySort(x.checks), n.institution_found, n.face_required, n.level
FROM {slice}.numbered AS n
LEFT JOIN (
    SELECT stay,
        groupArrayIf((at, until), what = 'leave') AS leaves, groupArrayIf((at, until), what = 'watch') AS watched,
        maxIf(at, what = 'watch' AND open_ended) AS open_nursing, groupArrayIf(at, what = 'event') AS events,
        groupArrayIf(at, what = 'order') AS orders,
        groupArrayIf((at, day, record_id, amount), what = 'fee') AS day_fees,
        groupArrayIf((at, record_id, method, result, score, liveness), what = 'check') AS checks
    FROM (
        SELECT 'event' AS what, stay, at, toInt64(0) AS until, false AS open_ended, toInt32(0) AS day, '' AS record_id,
            toInt64(0) AS amount, '' AS method, '' AS result, CAST(NULL, 'Nullable(Int64)') AS score,
            CAST(NULL, 'Nullable(Bool)') AS liveness
        FROM {slice}.events
        UNION ALL
        SELECT 'order', stay, at, 0, false, 0, '', 0, '', '', NULL, NULL FROM {slice}.orders
        UNION ALL
        SELECT 'watch', stay, at, until, open_ended, 0, '', 0, '', '', NULL, NULL FROM {slice}.orders
        WHERE class = 'nursing' AND nursing_level = 0
        UNION ALL
        SELECT 'fee', stay, at, 0, false, day, record_id, amount, '', '', NULL, NULL FROM {slice}.fees WHERE day_unit
        UNION ALL
        SELECT o.what, s.stay, o.at, o.until, false, 0, o.record_id, 0, o.method, o.result, o.score, o.liveness
        FROM (
            SELECT 'leave' AS what, institution_id, person_id, stay_id, record_id, at, until, '' AS method, '' AS result,
                CAST(NULL, 'Nullable(Int64)') AS score, CAST(NULL, 'Nullable(Bool)') AS liveness
            FROM {live.leaves}
            UNION ALL
            SELECT 'watch', institution_id, person_id, stay_id, record_id, at, until, '', '', NULL, NULL FROM {live.operations}
            UNION ALL
            SELECT 'check', institution_id, person_id, stay_id, record_id, at, 0, method, result, score, liveness
            FROM {live.identity_checks}
        ) AS o INNER JOIN {slice}.numbered AS s USING (institution_id, person_id, stay_id)
    )
    GROUP BY stay
) AS x ON x.stay = n.stay;

-- Pairs of stays that look like one (rules.md, ADM-001), and what the second was charged.
INSERT INTO {slice}.readmissions
SELECT b.stay, b.institution_id, b.admitted_at, assumeNotNull(a.discharged_at),
    b.admitted_on - assumeNotNull(a.discharged_on), b.admitted_at - assumeNotNull(a.discharged_at),
    b.department != a.last_department AND a.disposition != 'cured',
    b.physician_id != '' AND b.physician_id = a.physician_id,
    b.ward != '' AND b.bed != '' AND b.ward = a.ward AND b.bed = a.bed,
    [('admission', a.admission_id, a.admitted_at), ('discharge', a.discharge_id, assumeNotNull(a.discharged_at)),
        ('admission', b.admission_id, b.admitted_at)],
    arrayMap(x -> (x.1, x.2, x.3, x.4, x.5, has(g.items, x.4)), f.fees)
FROM (
    SELECT *, lagInFrame(stay, 1, 0) OVER (PARTITION BY person_id, institution_id, class ORDER BY stay
        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS earlier
    FROM {slice}.stays WHERE inpatient
) AS b
INNER JOIN {slice}.stays AS a ON a.stay = b.earlier
LEFT JOIN (
    SELECT stay, arraySort(groupArray((at, record_id, category, item_code, amount))) AS fees FROM {slice}.fees
    WHERE category IN ('registration', 'consultation', 'exam', 'lab') GROUP BY stay
) AS f ON f.stay = b.stay
LEFT JOIN (SELECT stay, groupUniqArray(item_code) AS items FROM {slice}.fees GROUP BY stay) AS g ON g.stay = a.stay
WHERE a.discharged_at IS NOT NULL AND a.disposition != 'died' AND b.route != 'emergency'
    AND (b.series_id = '' OR b.series_id != a.series_id)
    AND if(a.diagnosis_group = '' OR b.diagnosis_group = '',
        a.injury_case_id != '' AND a.injury_case_id = b.injury_case_id, a.diagnosis_group = b.diagnosis_group);
