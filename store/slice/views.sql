-- The views of a slice: plain names for rules over what was loaded.

-- Lines that are a charge to the fund (rules.md 1.7, 1.8).
CREATE VIEW {slice}.fees AS
SELECT * FROM {slice}.lines WHERE amount > 0 AND NOT self_pay;

-- Identity checks of known stays, at any time (rules.md 1.13).
CREATE VIEW {slice}.checks AS
SELECT n.stay AS stay, c.institution_id AS institution_id, c.record_id AS record_id, c.at AS at, c.day AS day,
    c.method AS method, c.result AS result, c.score AS score, c.liveness AS liveness
FROM {slice}.live_identity_checks AS c
INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id);

-- Operations of known stays.
CREATE VIEW {slice}.operations AS
SELECT n.stay AS stay, o.institution_id AS institution_id, o.record_id AS record_id, o.at AS at, o.until AS until
FROM {slice}.live_operations AS o
INNER JOIN {slice}.numbered AS n USING (institution_id, person_id, stay_id);

-- The admission and the discharge of each stay, as records to be named.
CREATE VIEW {slice}.stay_records AS
SELECT stay, 'admission' AS kind, institution_id, admission_id AS record_id, admitted_at AS at FROM {slice}.stays
UNION ALL
SELECT stay, 'discharge', institution_id, discharge_id, assumeNotNull(discharged_at) FROM {slice}.stays
WHERE discharged_at IS NOT NULL;

-- The days of each inpatient and rehab stay (rules.md 1.5), whether a leave
-- covers the whole day, and whether a substantive event fell on it.
CREATE VIEW {slice}.stay_days AS
SELECT stay, day,
    arrayExists(x -> x.1 <= cw_midnight(day) AND cw_midnight(day + 1) <= x.2, leaves) AS on_leave,
    has(event_days, day) AS substantive
FROM (
    SELECT stay, leaves, arrayMap(e -> cw_day_of(e), events) AS event_days,
        arrayJoin(range(admitted_on, greatest(ended_on, admitted_on + 1))) AS day
    FROM {slice}.stays WHERE inpatient
);

-- Consecutive stays of one person, class and institution that look like one
-- stay in two, whatever the time between them: what ADM-001, 002 and 003 share.
CREATE VIEW {slice}.readmissions AS
SELECT b.stay AS stay, a.stay AS earlier, b.admitted_at AS admitted_at, b.admitted_on AS admitted_on,
    assumeNotNull(a.discharged_at) AS discharged_at, b.admitted_on - assumeNotNull(a.discharged_on) AS days_between,
    b.admitted_at - assumeNotNull(a.discharged_at) AS time_between,
    b.department != a.last_department AND a.disposition != 'cured' AS other_department,
    b.physician_id != '' AND b.physician_id = a.physician_id AS same_physician,
    b.ward != '' AND b.bed != '' AND b.ward = a.ward AND b.bed = a.bed AS same_bed
FROM (
    SELECT *, lagInFrame(stay, 1, 0) OVER (PARTITION BY person_id, institution_id, class ORDER BY stay
        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS earlier
    FROM {slice}.stays WHERE inpatient
) AS b
INNER JOIN {slice}.stays AS a ON a.stay = b.earlier
WHERE a.discharged_at IS NOT NULL AND a.disposition != 'died' AND b.route != 'emergency'
    AND (b.series_id = '' OR b.series_id != a.series_id)
    AND if(a.diagnosis_group = '' OR b.diagnosis_group = '',
        a.injury_case_id != '' AND a.injury_case_id = b.injury_case_id, a.diagnosis_group = b.diagnosis_group);

-- Fee lines with their equals of one stay (FEE-001): how many there are and
-- which is kept. The others are the duplicates.
CREATE VIEW {slice}.copies AS
SELECT *, count() OVER same AS copies, min(record_id) OVER same AS kept
FROM {slice}.fees
WINDOW same AS (PARTITION BY stay, item_code, intDiv(at, 1000), quantity, unit_price, physician_id, order_id);

-- When laws are in force; until is the first day that is no longer covered.
CREATE VIEW {slice}.laws AS
SELECT law_id, toInt32(valid_from) AS since, ifNull(toInt32(valid_until), toInt32(2147483647)) AS until
FROM (SELECT * FROM {main}.ref_laws ORDER BY seq DESC, line DESC LIMIT 1 BY law_id, valid_from)
WHERE NOT void;

-- Reference tables that were ever loaded (rules.md 1.23).
CREATE VIEW {slice}.loaded AS
SELECT DISTINCT table_name FROM {main}.ref_loads;
