-- Somebody who is insured elsewhere came without a referral to the institution.
-- At issue is all of the stay.
SELECT stay, 'violating' AS role,
    if(fee.record_id = '', '', 'fee') AS kind, institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('treated_in', city, 'insured_in', insured_city)) AS evidence
FROM out_of_area
LEFT ARRAY JOIN fees AS fee
WHERE NOT arrayExists(d -> d >= admitted_on - {days} AND d <= admitted_on, referred_on)
