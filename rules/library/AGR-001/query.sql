-- Charges of days that no agreement of the institution covers. Whoever was
-- admitted under an agreement is being treated to the end: explanation is asked.
SELECT stay, if(continued, 'suspicion', 'violation') AS severity, 'violating' AS role, 'fee' AS kind,
    institution_id, record_id, at, amount,
    toJSONString(map('admitted_under_agreement', toString(continued))) AS evidence
FROM unagreed
WHERE NOT agreed AND route != 'emergency'
