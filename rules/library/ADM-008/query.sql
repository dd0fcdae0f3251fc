-- Nobody ordered anything for a day after the admission.
SELECT if(found, 'hit', '') AS result, stay, if(fee.record_id = '', '', 'fee') AS kind, 'violating' AS role,
    institution_id, fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    toJSONString(map('admitted', cw_instant_text(admitted_at),
        'first_order', if(first_order IS NULL, '', cw_instant_text(assumeNotNull(first_order))))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, admitted_at, first_order, admitted_at + {hours} AS ordered_by, ordered_by + {grace} AS known_by,
        present >= known_by AND ended_at >= ordered_by AS found,
        least(ifNull(first_order, ended_at), ended_at) AS idle_until,
        arrayFilter(f -> found AND f.at >= admitted_at AND f.at < idle_until, day_fees) AS charged,
        -- A fee at the very end of an open stay is inside once the end moves on.
        multiIf(present < known_by, known_by,
            discharged_at IS NULL AND arrayExists(f -> f.at >= ended_at, day_fees), ended_at + 1, 0) AS due_at
    FROM stays
    WHERE inpatient AND ifNull(first_order >= admitted_at + {hours}, true)
        AND (discharged_at IS NULL OR ended_at >= admitted_at + {hours})
)
LEFT ARRAY JOIN charged AS fee
