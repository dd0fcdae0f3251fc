-- ADM-001 as one writes it by hand over the raw tables, with 10 days: consecutive
-- inpatient stays of a person at an institution for the same illness, and what the
-- later one examined again. Newest revisions only; no refunds, no holds.
WITH
    newest_admissions AS (
        SELECT * FROM admissions WHERE class IN ('inpatient', 'rehab')
        ORDER BY revision DESC, log_offset, log_index LIMIT 1 BY person_key, institution_id, record_id),
    newest_discharges AS (
        SELECT * FROM discharges ORDER BY revision DESC, log_offset, log_index LIMIT 1 BY person_key, institution_id, record_id),
    stays AS (
        SELECT a.person_key AS person_key, a.institution_id AS institution_id, a.stay_id AS stay_id, a.class AS class, a.route AS route,
            a.occurred_at AS admitted_at, d.occurred_at AS discharged_at, d.stay_id != '' AS discharged, d.disposition AS disposition,
            a.injury_case_id AS injury_case_id, a.series_id AS series_id, a.department AS department,
            left(if(notEmpty(d.diagnoses), d.diagnoses, a.diagnoses)[1], 3) AS diagnosis_group
        FROM newest_admissions AS a LEFT JOIN newest_discharges AS d USING (person_key, institution_id, stay_id)
        WHERE NOT a.cancelled AND NOT d.cancelled),
    pairs AS (
        SELECT *, lagInFrame(tuple(stay_id, discharged, discharged_at, disposition, diagnosis_group, injury_case_id, series_id, department)) OVER (
            PARTITION BY person_key, institution_id, class ORDER BY admitted_at, stay_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS earlier
        FROM stays),
    hits AS (
        SELECT person_key, institution_id, stay_id, admitted_at, earlier.1 AS earlier_stay FROM pairs
        WHERE earlier.2 AND dateDiff('day', toDate(earlier.3), toDate(admitted_at)) BETWEEN 0 AND 10
            AND route != 'emergency' AND earlier.4 != 'died' AND (series_id = '' OR series_id != earlier.7)
            AND if(diagnosis_group = '' OR earlier.5 = '', injury_case_id != '' AND injury_case_id = earlier.6, diagnosis_group = earlier.5)
            AND NOT (admitted_at >= earlier.3 AND admitted_at < earlier.3 + INTERVAL 24 HOUR AND department != earlier.8 AND earlier.4 != 'cured')),
    charged AS (
        SELECT person_key, institution_id, stay_id, occurred_at, item_code, category, amount FROM fees
        WHERE person_key IN (SELECT person_key FROM hits) AND NOT ifNull(self_pay, false) AND reverses = ''
        ORDER BY revision DESC, log_offset, log_index LIMIT 1 BY person_key, institution_id, record_id),
    again AS (
        SELECT h.person_key AS person_key, h.institution_id AS institution_id, h.stay_id AS stay_id, sum(f.amount) AS amount
        FROM charged AS f INNER JOIN hits AS h USING (person_key, institution_id, stay_id)
        WHERE f.category IN ('exam', 'lab') AND f.occurred_at >= h.admitted_at AND f.occurred_at < h.admitted_at + INTERVAL 48 HOUR
            AND (person_key, institution_id, h.earlier_stay, f.item_code) IN (SELECT person_key, institution_id, stay_id, item_code FROM charged)
        GROUP BY person_key, institution_id, stay_id)
SELECT count() AS findings, sum(again.amount) AS amount
FROM hits LEFT JOIN again USING (person_key, institution_id, stay_id)
