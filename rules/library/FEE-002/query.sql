-- More of an examination on one day than was ordered. Lines that FEE-001 names
-- are left out first.
WITH
    charged AS (
        SELECT *, count() OVER (PARTITION BY stay, item_code, day) AS number,
            sum(toInt128(quantity)) OVER (PARTITION BY stay, item_code, day) AS total,
            sum(toInt128(quantity)) OVER (PARTITION BY stay, item_code, day ORDER BY line DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - quantity AS later
        FROM copies
        WHERE record_id = kept AND category IN ('exam', 'lab', 'treatment') AND max_per_day IS NULL
    ),
    repeated AS (SELECT * FROM charged WHERE number >= 2),
    days AS (SELECT DISTINCT stay, item_code, day FROM repeated),
    active AS (
        SELECT d.stay AS stay, d.item_code AS item_code, d.day AS day, o.institution_id AS institution_id,
            o.record_id AS record_id, o.at AS at, ifNull(o.times_per_day, 10000) AS times
        FROM days AS d
        INNER JOIN orders AS o ON o.stay = d.stay AND o.item_code = d.item_code
        WHERE o.at < o.until AND o.at < cw_midnight(d.day + 1) AND o.until > cw_midnight(d.day)
    ),
    allowed AS (SELECT stay, item_code, day, sum(toInt128(times)) AS times FROM active GROUP BY stay, item_code, day),
    exceeding AS (
        SELECT r.*, ifNull(a.times, toInt128(10000)) AS allowance, r.total - allowance AS excess,
            cw_taken(excess, r.later, r.quantity) AS taken, toJSONString(map('charged', cw_number_text(r.total),
                'ordered', cw_number_text(allowance), 'excess', cw_number_text(excess))) AS evidence
        FROM repeated AS r
        LEFT JOIN allowed AS a ON a.stay = r.stay AND a.item_code = r.item_code AND a.day = r.day
        WHERE r.total > allowance
    )
SELECT if(item_found, 'hit', 'not_evaluated') AS result, stay, [item_code, cw_day_text(day)] AS about, day,
    if(taken > 0, 'violating', 'involved') AS role, 'fee' AS kind, institution_id, record_id, at,
    if(taken > 0, cw_part(taken, unit_price, amount), 0) AS amount, evidence, 'item row missing' AS reason,
    '' AS due_institution, 0 AS due_at
FROM exceeding
UNION ALL
SELECT 'hit', a.stay, [a.item_code, cw_day_text(a.day)], a.day, 'involved', 'order', a.institution_id, a.record_id, a.at,
    0, '', '', '', 0
FROM active AS a
WHERE (a.stay, a.item_code, a.day) IN (SELECT stay, item_code, day FROM exceeding WHERE item_found)
UNION ALL
-- An order that begins at the very end of an open stay is active once the end moves on.
SELECT 'due', d.stay, [], 0, '', '', '', '', 0, 0, '', '', o.institution_id, greatest(o.at, cw_midnight(d.day)) + 1
FROM days AS d
INNER JOIN orders AS o ON o.stay = d.stay AND o.item_code = d.item_code
INNER JOIN stays AS s ON s.stay = d.stay
WHERE o.open_ended AND s.discharged_at IS NULL AND o.at < cw_midnight(d.day + 1)
    AND o.until <= greatest(o.at, cw_midnight(d.day))
