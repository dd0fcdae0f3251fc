-- What has a price together is charged piece by piece, and dearer. At issue is
-- the difference, in money, from the last pieces.
SELECT stay, [package_code, cw_day_text(day)] AS about, day, if(line.1 > 0, 'violating', 'involved') AS role, 'fee' AS kind,
    institution_id, line.2 AS record_id, line.3 AS at, line.1 AS amount,
    toJSONString(map('charged', cw_yuan_text(charged), 'packages', toString(packages), 'price', cw_yuan_text(price))) AS evidence
FROM (
    SELECT stay, institution_id, package_code, day, price, greatest(toInt64(1), intDiv(quantity, 10000)) AS packages,
        arraySum(l -> toInt128(l.amount), lines) AS charged, charged - toInt128(price) * packages AS excess,
        arrayMap((l, upto) -> (cw_taken(excess, charged - upto, l.amount), l.record_id, l.at),
            lines, arrayCumSum(l -> l.amount, lines)) AS counted
    FROM bundles
    WHERE excess > 0
)
ARRAY JOIN counted AS line
