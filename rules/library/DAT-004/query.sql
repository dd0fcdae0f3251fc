-- Fees were changed after they had been claimed, or a record was sent again with
-- other content under the same number.
SELECT stay, 'involved' AS role, record.kind AS kind, institution_id, record.record_id AS record_id, record.at AS at,
    toJSONString(map('revised_after_claim', toString(revised), 'change_in_amount', cw_yuan_text(amount),
        'sent_with_two_contents', toString(contradicted))) AS evidence
FROM changes AS c
ARRAY JOIN c.records AS record
