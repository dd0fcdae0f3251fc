-- Nobody took the person's pulse or temperature for days.
SELECT if(notEmpty(long), 'hit', '') AS result, stay, long[1].from AS span_from,
    if(long[-1].ongoing, NULL, long[-1].until) AS span_until,
    toJSONString(map('without_vitals', arrayStringConcat(arrayMap(r -> concat(cw_day_text(cw_day_of(r.from)), ' to ',
        cw_day_text(cw_day_of(r.until) - 1)), long), ', '))) AS evidence,
    institution_id AS due_institution, due_at
FROM (
    SELECT stay, institution_id, arrayFilter(r -> r.days >= {days}, runs) AS long,
        -- So many midnights more make the last run long enough, or may end it.
        if(open, cw_midnight(ended_on + greatest({days} - last_days, 1)), 0) AS due_at
    FROM unmeasured
)
