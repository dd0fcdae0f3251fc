-- A device was fitted again before the life of the one before was over.
SELECT result, about, belongs, belongs AS line_stay, line.1 AS role, 'device_fitting' AS kind, line.2 AS institution_id,
    line.3 AS record_id, line.4 AS at, line.5 AS amount, evidence, 'item row missing' AS reason
FROM (
    SELECT if(item_found, 'hit', 'not_evaluated') AS result, if(item_found, [institution_id, record_id], []) AS about, stay AS belongs,
        if(item_found, [('violating', institution_id, record_id, at, amount),
            ('involved', before_institution, before_id, before_at, toInt64(0))], [('', '', '', toInt64(0), toInt64(0))]) AS named,
        if(item_found, toJSONString(map('fitted_before', cw_instant_text(before_at),
            'renewable_on', cw_day_text(assumeNotNull(renewable_on)))), '') AS evidence
    FROM fittings
    WHERE amount > 0 AND before_id != '' AND (NOT item_found OR ifNull(day < renewable_on, false))
)
ARRAY JOIN named AS line
