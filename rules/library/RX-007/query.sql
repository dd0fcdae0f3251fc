-- The catalogue pays for the item only for the other sex, at another age, at a
-- higher level of institution or on the other kind of visit.
SELECT if(unmet != '', 'hit', 'not_evaluated') AS result, stay, [item_code] AS about, 'violating' AS role, 'fee' AS kind,
    institution_id, record_id, at, amount, toJSONString(map('restriction', unmet)) AS evidence, untold AS reason
FROM (
    SELECT stay, item_code, institution_id, record_id, at, amount,
        multiIf(sex != '' AND person_sex != '' AND sex != person_sex, 'sex',
            ifNull(age < age_min, false) OR ifNull(age > age_max, false), 'age', ifNull(level < min_level, false), 'level',
            visit = 'inpatient' AND NOT inpatient OR visit = 'outpatient' AND inpatient, 'visit', '') AS unmet,
        multiIf(NOT item_found, 'item row missing',
            NOT person_found AND (sex != '' OR age_min IS NOT NULL OR age_max IS NOT NULL), 'person row missing',
            level IS NULL AND min_level IS NOT NULL, 'institution row missing', '') AS untold
    FROM restricted
)
WHERE unmet != '' OR untold != ''
