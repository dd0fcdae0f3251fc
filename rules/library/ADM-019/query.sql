-- At a midnight more patients lay in the house than its beds allow.
SELECT multiIf(patient.2 != '', 'hit', reason != '', 'not_evaluated', '') AS result,
    if(patient.2 = '', [institution_id], [institution_id, cw_day_text(day)]) AS about, day, 'involved' AS role,
    if(patient.2 = '', '', 'admission') AS kind, institution_id, patient.2 AS record_id, patient.1 AS at,
    if(patient.2 = '', '', toJSONString(map('patients', toString(length(there)), 'beds', toString(beds)))) AS evidence,
    reason, institution_id AS due_institution, due_at
FROM (
    SELECT institution_id, midnight - 1 AS day, assumeNotNull(beds) AS beds, arraySort(groupArray((admitted_at, admission_id))) AS there,
        '' AS reason, toInt64(0) AS due_at
    FROM (
        SELECT p.institution_id AS institution_id, h.beds AS beds, p.admitted_at AS admitted_at, p.admission_id AS admission_id,
            arrayJoin(range(cw_day_of(p.admitted_at - 1) + 1, cw_day_of(least(p.ended_at - 1, h.present)) + 1)) AS midnight
        FROM patients AS p
        INNER JOIN houses AS h ON h.institution_id = p.institution_id
        WHERE h.beds IS NOT NULL
    )
    GROUP BY institution_id, midnight, beds
    HAVING count() * 10000 > beds * {share}
    UNION ALL
    -- The next midnight may be one too many, first of all this one: whoever is there
    -- until the present is not there at it, but is once the present has passed it.
    SELECT institution_id, 0, 0, [], multiIf(NOT institution_found, 'institution row missing', beds IS NULL, 'beds missing', ''),
        if(open_stays = 0 OR beds IS NULL, 0, if(cw_midnight(cw_day_of(present)) = present, present + 1,
            cw_midnight(cw_day_of(present) + 1)))
    FROM houses
)
LEFT ARRAY JOIN there AS patient
