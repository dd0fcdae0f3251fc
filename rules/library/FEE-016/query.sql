-- Something is charged that was done when the person was not in the hospital.
SELECT stay, 'violating' AS role, 'fee' AS kind, institution_id, record_id, at, amount,
    toJSONString(map('admitted', cw_instant_text(admitted_at),
        'discharged', if(discharged_at IS NULL, '', cw_instant_text(assumeNotNull(discharged_at))))) AS evidence
FROM outside_lines
WHERE at < admitted_at - {early_hours} OR ifNull(at > discharged_at + if(day_unit, {day_hours}, {minutes}), false)
