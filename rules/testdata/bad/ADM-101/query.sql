-- Everything that a rule must not do.
SELECT stay, avg(amount) AS amount, amount / 2, amount * 0.5, now() AS at, uniq(record_id), file('/etc/passwd')
FROM fees
INNER JOIN numbers(10) AS n ON n.number = stay
INNER JOIN system.tables AS t ON t.uuid = stay
WHERE record_id IN other AND days > {days} AND x < {absent}
    AND stay IN (SELECT any(stay) FROM stays LIMIT 1)
    AND has(groupArray(stay), 1) AND score > {score} AND sleep({hours})
SETTINGS max_threads = 1
