-- Refunds that take back what was not charged: no such line, a line of another stay
-- or person, or more than there was.
SELECT if(cause != 'missing' OR as_of >= first_at + {hours}, 'hit', '') AS result, [institution_id, refunded_id] AS about,
    stay AS belongs, stay AS line_stay, 'involved' AS role, line.kind AS kind, institution_id, line.record_id AS record_id, line.at AS at,
    toJSONString(map('cause', cause, 'refunded', refunded_id)) AS evidence,
    if(cause = 'missing', first_at + {hours}, 0) AS due_at
FROM refunds
ARRAY JOIN named AS line
WHERE cause != ''
