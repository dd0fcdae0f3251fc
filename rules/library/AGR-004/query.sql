-- A physician who was suspended that day went on charging and ordering.
SELECT stay, [physician_id] AS about, if(kind = 'fee', 'violating', 'involved') AS role, kind,
    institution_id, record_id, at, amount
FROM suspended_work
