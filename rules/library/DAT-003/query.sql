-- Patients are in bed and nothing is heard of them: the upload is down, or somebody
-- switched it off.
SELECT if(as_of - heard > {hours}, 'hit', '') AS result, [institution_id, cw_day_text(cw_day_of(heard))] AS about,
    cw_day_of(heard) AS day, 'involved' AS role, 'admission' AS kind, institution_id, admission_id AS record_id, admitted_at AS at,
    toJSONString(map('last_received', cw_instant_text(heard), 'open_stays', toString(open_stays))) AS evidence,
    heard + {hours} + 1 AS due_at
FROM (
    SELECT h.institution_id AS institution_id, h.as_of AS as_of, assumeNotNull(h.last_received) AS heard, h.open_stays AS open_stays,
        p.admission_id AS admission_id, p.admitted_at AS admitted_at
    FROM houses AS h
    INNER JOIN patients AS p ON p.institution_id = h.institution_id
    WHERE h.last_received IS NOT NULL AND p.discharged_at IS NULL
)
