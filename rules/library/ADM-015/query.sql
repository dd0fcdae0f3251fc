-- The stay was longer than nearly all of the same diagnosis, level and month.
SELECT if(n >= {stays}, 'hit', 'not_evaluated') AS result, stay, institution_id,
    toJSONString(map('stay_days', toString(stay_days), 'p95', cw_number_text(p95), 'median', cw_number_text(median),
        'mad', cw_number_text(mad), 'stays_compared', toString(ifNull(n, 0)))) AS evidence,
    if(n IS NULL, 'baseline row missing', 'baseline of too few stays') AS reason
FROM lengths
WHERE ifNull(n < {stays}, true) OR (toInt64(stay_days) * 10000 > p95
    AND (toInt128(stay_days) * 10000 - median) * 10000 > toInt128(mad) * {mads})
