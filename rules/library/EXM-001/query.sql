-- The same part is imaged again and again within days, and no operation in
-- between says why. At issue is what the reports beyond the limit cost.
SELECT [person_id, modality, body_part, substring(cw_day_text(r.day), 1, 7)] AS about, line.1 AS role, line.2 AS kind,
    line.3 AS institution_id, line.4 AS record_id, line.5 AS at, line.6 AS line_stay, line.7 AS amount,
    toJSONString(map('days', toString({days}), 'allowed_reports', toString({reports}))) AS evidence
FROM (
    SELECT person_id, modality, body_part, r, arrayConcat(
        arrayMap(f -> ('violating', 'fee', r.institution_id, f.record_id, f.at, r.stay, f.amount), r.fees),
        arrayMap(x -> ('involved', 'exam_report', x.institution_id, x.record_id, x.at, x.stay, toInt64(0)),
            arrayFilter(x -> x.day >= begin AND x.day < begin + {days}, reports))) AS named
    FROM (
        SELECT person_id, modality, body_part, reports, arrayMap(x -> x.day, reports) AS days,
            -- The days of reports that stand so far; whether each report is beyond the limit.
            arrayFold((acc, d) -> if(acc.1[-{reports}] > d - {days}, (acc.1, arrayConcat(acc.2, [true])),
                (arrayConcat(acc.1, [d]), arrayConcat(acc.2, [false]))),
                days, (CAST([], 'Array(Int32)'), CAST([], 'Array(Bool)'))).2 AS over,
            -- The first window that holds a report is the one that it is beyond.
            arrayMap(d -> arrayMin(arrayFilter(x -> x > d - {days}, days)), days) AS begins
        FROM imaging
    )
    ARRAY JOIN reports AS r, over AS is_over, begins AS begin
    WHERE is_over
)
ARRAY JOIN named AS line
