-- A device above its cap, without an appraisal, or without the photograph and the
-- mark that tell it from any other.
SELECT result, if(result = 'hit', [institution, record], []) AS about, belongs, belongs AS line_stay, severity, line.1 AS role,
    'device_fitting' AS kind, line.2 AS institution_id, line.3 AS record_id, line.4 AS at, line.5 AS amount,
    if(result = 'hit', toJSONString(map('amount', cw_yuan_text(charged), 'cap', if(cap IS NULL, '', cw_price_text(assumeNotNull(cap))),
        'appraised', toString(appraised), 'photo', if(photo_sha256 = '', 'missing', concat('on ', toString(length(same_photo)), ' others')),
        'laser_mark', if(laser_mark = '', 'missing', 'given'))), '') AS evidence,
    'item row missing' AS reason
FROM (
    SELECT institution_id AS institution, record_id AS record, stay AS belongs, f.amount AS charged, cap, appraised, photo_sha256, laser_mark, same_photo,
        ifNull(f.amount * 10000 > cap, false) AS over_cap,
        photo_sha256 = '' OR laser_mark = '' OR notEmpty(same_photo) AS informal,
        if(over_cap OR NOT appraised, 'violation', 'suspicion') AS severity,
        -- The difference to the cap is rounded to the fen.
        multiIf(NOT appraised, greatest(f.amount, 0), over_cap, cw_product(10000, f.amount * 10000 - assumeNotNull(cap)), 0) AS at_issue,
        arrayJoin(arrayConcat(if(over_cap OR NOT appraised OR informal, ['hit'], []), if(item_found, [], ['not_evaluated']))) AS result,
        if(result = 'hit', arrayConcat([('violating', institution_id, record_id, f.at, toInt64(at_issue))],
            arrayMap(o -> ('involved', o.1, o.2, o.3, toInt64(0)), same_photo)), [('', '', '', toInt64(0), toInt64(0))]) AS lines
    FROM fittings AS f
)
ARRAY JOIN lines AS line
