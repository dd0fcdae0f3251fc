-- What a load works out from the records, in this order. {live} is the condition
-- that a record exists at as_of. Columns are named one by one: what a statement
-- does not name costs it nothing.

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
FROM (
    SELECT * FROM {slice}.known_admissions WHERE {live}
    ORDER BY at, record_id LIMIT 1 BY institution_id, person_id, stay_id
) AS a
INNER JOIN (
    SELECT institution_id, person_id, stay_id, max(at) AS latest FROM {slice}.places
    WHERE at <= {as_of} GROUP BY institution_id, person_id, stay_id
) AS o USING (institution_id, person_id, stay_id)
LEFT JOIN (
    SELECT institution_id, person_id, stay_id, record_id, at, disposition, diagnoses
    FROM {slice}.known_discharges WHERE {live} ORDER BY at, record_id LIMIT 1 BY institution_id, person_id, stay_id
) AS d USING (institution_id, person_id, stay_id)
LEFT JOIN (
    SELECT institution_id, person_id, stay_id, argMax(department, (at, record_id)) AS department
    FROM {slice}.known_transfers WHERE {live} GROUP BY institution_id, person_id, stay_id
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
        SELECT f.institution_id AS institution_id, f.person_id AS person_id, f.stay_id AS stay_id, f.record_id AS record_id,
            f.at AS at, f.day AS day, f.item_code AS item_code, f.category AS category, f.unit_price AS unit_price,
            f.order_id AS order_id, f.prescription_id AS prescription_id, f.physician_id AS physician_id,
            f.self_pay AS self_pay, n.stay AS stay, n.city AS city, n.level AS level,
            toInt64(f.quantity + ifNull(r.quantity, 0)) AS net_quantity, toInt64(f.amount + ifNull(r.amount, 0)) AS net_amount,
            f.quantity + ifNull(r.all_quantity, 0) > 0 AS performed
        FROM {slice}.known_fees AS f
        INNER JOIN (SELECT institution_id, person_id, stay_id, stay, city, level FROM {slice}.numbered) AS n
            USING (institution_id, person_id, stay_id)
        LEFT JOIN (
            SELECT institution_id, person_id, stay_id, reverses AS record_id,
                sumIf(toInt128(quantity), NOT ifNull(self_pay, false)) AS quantity,
                sumIf(toInt128(amount), NOT ifNull(self_pay, false)) AS amount, sum(toInt128(f.quantity)) AS all_quantity
            FROM {slice}.known_fees AS f WHERE {live.f} AND reverses != ''
            GROUP BY institution_id, person_id, stay_id, reverses
        ) AS r USING (institution_id, person_id, stay_id, record_id)
        WHERE {live.f} AND f.reverses = '' AND (net_quantity > 0 OR performed)
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
FROM {slice}.known_orders AS o
INNER JOIN (SELECT institution_id, person_id, stay_id, stay, ended_at FROM {slice}.numbered) AS n
    USING (institution_id, person_id, stay_id)
WHERE {live.o};

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
        SELECT institution_id, person_id, stay_id, at FROM {slice}.known_care_records WHERE {live} AND type = 'execution'
        UNION ALL
        SELECT institution_id, person_id, stay_id, at FROM {slice}.known_operations WHERE {live}
        UNION ALL
        SELECT institution_id, person_id, stay_id, at FROM {slice}.known_exam_reports WHERE {live}
    ) AS x INNER JOIN (SELECT institution_id, person_id, stay_id, stay FROM {slice}.numbered) AS n
        USING (institution_id, person_id, stay_id)
) AS e
INNER JOIN (SELECT stay, class, admitted_at, ended_at FROM {slice}.numbered) AS s USING (stay)
WHERE s.class != 'outpatient' AND e.at >= s.admitted_at AND e.at <= s.ended_at;

-- Stays with their arrays: leaves clipped and merged, what excuses a missing
-- check, events, days, day-unit fees and checks. Far ends of excuses are cut a
-- year and a day behind the end of the stay, which only wakes somebody early.
INSERT INTO {slice}.stays
SELECT n.stay, n.institution_id, n.person_id, n.stay_id, n.admission_id,
    n.class, n.class != 'outpatient', n.route, n.department, n.ward, n.bed, n.physician_id, n.injury_case_id, n.series_id,
    substringUTF8(n.main[1], 1, 3), arrayDistinct(arrayConcat(n.diagnoses, n.discharge_diagnoses)), n.main[1],
    n.admitted_at, n.admitted_on, n.discharge_id, n.discharged_at, if(n.discharged_at IS NULL, NULL, n.ended_on),
    n.disposition, n.last_department, n.present, n.ended_at, n.ended_on, greatest(1, n.ended_on - n.admitted_on),
    x.leaves, x.excused, ifNull(x.nursed_at_end, false), x.events, x.first_order,
    if(x.stay IS NULL, n.all_days, x.days), if(x.stay IS NULL, n.all_days, arrayFilter(d -> NOT has(x.event_days, d), x.days)),
    x.day_fees, x.checks, n.institution_found, n.face_required, n.level
FROM (
    SELECT *, if(notEmpty(discharge_diagnoses), discharge_diagnoses, diagnoses) AS main,
        range(admitted_on, greatest(ended_on, admitted_on + 1)) AS all_days
    FROM {slice}.numbered
) AS n
LEFT JOIN (
    SELECT stay, leaves, cw_spans(arrayConcat(leaves, watched)) AS excused, nursed_at_end, events, first_order,
        arrayMap(e -> cw_day_of(e), events) AS event_days, arrayFilter(
            d -> NOT arrayExists(x -> x.1 <= cw_midnight(d) AND cw_midnight(d + 1) <= x.2, leaves), all_days) AS days,
        arrayMap(f -> (f.1, cw_day_of(f.1), f.2.1, assumeNotNull(f.2.4)), arraySort(fees)) AS day_fees,
        arrayMap(c -> (c.1, c.2.1, c.2.2, c.2.3, c.2.4, c.2.5), arraySort(seen)) AS checks
    FROM (
        SELECT r.stay AS stay, any(s.all_days) AS all_days,
            cw_spans(groupArrayIf((greatest(r.at, s.admitted_at), least(r.until, ifNull(s.discharged_at, r.until))), r.what = 'leave')) AS leaves,
            groupArrayIf((cw_midnight(cw_day_of(r.at)), cw_midnight(cw_day_of(least(r.until, s.ended_at + 31622400000) - 1) + 1)),
                r.what = 'watch' AND r.at < r.until) AS watched,
            max(r.what = 'watch' AND r.open AND r.at >= s.ended_at) AS nursed_at_end,
            arraySort(groupArrayIf(r.at, r.what = 'event')) AS events,
            minOrNullIf(r.at, r.what = 'order' AND r.at >= s.admitted_at) AS first_order,
            groupArrayIf((r.at, r.detail), r.what = 'fee') AS fees, groupArrayIf((r.at, r.detail), r.what = 'check') AS seen
        FROM (
            SELECT 'event' AS what, stay, at, toInt64(0) AS until, false AS open, CAST(('', '', '', NULL, NULL),
                'Tuple(String, String, String, Nullable(Int64), Nullable(Bool))') AS detail
            FROM {slice}.events
            UNION ALL
            SELECT 'order', stay, at, 0, false, ('', '', '', NULL, NULL) FROM {slice}.orders
            UNION ALL
            SELECT 'watch', stay, at, until, open_ended, ('', '', '', NULL, NULL) FROM {slice}.orders
            WHERE class = 'nursing' AND nursing_level = 0
            UNION ALL
            SELECT 'fee', stay, at, 0, false, (record_id, '', '', amount, NULL) FROM {slice}.fees WHERE day_unit
            UNION ALL
            SELECT o.what, n.stay, o.at, o.until, false, o.detail
            FROM (
                SELECT 'leave' AS what, institution_id, person_id, stay_id, at, until, CAST(('', '', '', NULL, NULL),
                    'Tuple(String, String, String, Nullable(Int64), Nullable(Bool))') AS detail
                FROM {slice}.known_leaves WHERE {live}
                UNION ALL
                SELECT 'watch', institution_id, person_id, stay_id, at, until, ('', '', '', NULL, NULL)
                FROM {slice}.known_operations WHERE {live}
                UNION ALL
                SELECT 'check', institution_id, person_id, stay_id, at, 0, (record_id, method, result, score, liveness)
                FROM {slice}.known_identity_checks WHERE {live}
            ) AS o
            INNER JOIN (SELECT institution_id, person_id, stay_id, stay FROM {slice}.numbered) AS n
                USING (institution_id, person_id, stay_id)
        ) AS r
        INNER JOIN (
            SELECT stay, admitted_at, discharged_at, ended_at, range(admitted_on, greatest(ended_on, admitted_on + 1)) AS all_days
            FROM {slice}.numbered
        ) AS s ON s.stay = r.stay
        GROUP BY r.stay
    )
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
    SELECT stay, institution_id, admission_id, admitted_at, admitted_on, department, physician_id, ward, bed, route, series_id,
        diagnosis_group, injury_case_id, lagInFrame(stay, 1, 0) OVER (PARTITION BY person_id, institution_id, class
            ORDER BY stay ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS earlier
    FROM {slice}.stays WHERE inpatient
) AS b
INNER JOIN (
    SELECT stay, admission_id, admitted_at, discharge_id, discharged_at, discharged_on, disposition, last_department,
        physician_id, ward, bed, series_id, diagnosis_group, injury_case_id
    FROM {slice}.stays
) AS a ON a.stay = b.earlier
LEFT JOIN (
    SELECT stay, arraySort(groupArray((at, record_id, category, item_code, amount))) AS fees FROM {slice}.fees
    WHERE category IN ('registration', 'consultation', 'exam', 'lab') GROUP BY stay
) AS f ON f.stay = b.stay
LEFT JOIN (SELECT stay, groupUniqArray(item_code) AS items FROM {slice}.fees GROUP BY stay) AS g ON g.stay = a.stay
WHERE a.discharged_at IS NOT NULL AND a.disposition != 'died' AND b.route != 'emergency'
    AND (b.series_id = '' OR b.series_id != a.series_id)
    AND if(a.diagnosis_group = '' OR b.diagnosis_group = '',
        a.injury_case_id != '' AND a.injury_case_id = b.injury_case_id, a.diagnosis_group = b.diagnosis_group);
