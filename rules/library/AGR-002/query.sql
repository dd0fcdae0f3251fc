-- Charges of days on which the agreement that fits the stay was suspended,
-- whoever came as an emergency or was in bed already.
SELECT stay, 'violating' AS role, 'fee' AS kind, institution_id, record_id, at, amount
FROM unagreed
WHERE suspended
