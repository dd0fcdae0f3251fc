-- Nobody ordered anything for a day after the admission.
SELECT if(found, 'hit', '') AS result, stay, if(fee.record_id = '', '', 'fee') AS kind, 'violating' AS role,
    institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('admitted', cw_instant_text(admitted_at),
        'first_order', if(first_order IS NULL, '', cw_instant_text(assumeNotNull(first_order))))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, admitted_at, first_order, admitted_at + {hours} AS ordered_by, ordered_by + {grace} AS known_by,
        present >= known_by AND ended_at >= ordered_by AS found, if(found, fees, []) AS charged,
        multiIf(present < known_by, known_by, restless, ended_at + 1, 0) AS due_at
    FROM unattended
    WHERE ifNull(first_order >= ordered_by, true) AND (open OR ended_at >= ordered_by)
)
LEFT ARRAY JOIN charged AS fee
