-- Days are charged in a stretch in which nothing was done for the person.
SELECT if(fee.record_id = '', '', 'hit') AS result, stay, 'violating' AS role, 'fee' AS kind, institution_id,
    fee.record_id AS record_id, fee.at AS at, fee.amount AS amount,
    long[1].from AS span_from, if(long[-1].ongoing, NULL, long[-1].until) AS span_until,
    toJSONString(map('gaps', arrayStringConcat(arrayMap(g -> concat(cw_instant_text(g.from), ' to ',
        if(g.ongoing, '', cw_instant_text(g.until))), long), ', '))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, arrayFilter(g -> g.length > {hours}, gaps) AS long, arrayFilter(f -> f.gap > {hours}, fees) AS charged,
        -- The gap at the end of an open stay becomes too long, or reaches what lies at its end.
        multiIf(NOT open, 0, last_gap <= {hours}, resumes_at + {hours} - last_gap + 1, restless, ended_at + 1, 0) AS due_at
    FROM uncared
)
LEFT ARRAY JOIN charged AS fee
WHERE fee.record_id != '' OR due_at != 0
