-- Two drugs of one class are ordered for the same days.
SELECT multiIf(NOT long, '', unknown_stay = 0, 'hit', 'not_evaluated') AS result, unknown_stay AS stay,
    arraySort(arrayMap(x -> concat(x.institution_id, '|', x.record_id), orders)) AS about, 'involved' AS role, 'order' AS kind,
    o.institution_id AS institution_id, o.record_id AS record_id, o.at AS at, o.stay AS line_stay,
    together_from AS span_from, together_until AS span_until, toJSONString(map('class', class)) AS evidence,
    'item row missing' AS reason, moved_by AS due_institution,
    -- With an open stay the time grows long enough, and then still grows.
    multiIf(moved_by = '', 0, long, together_until + 1, together_from + {days} * 86400000) AS due_at
FROM (SELECT *, together_until - together_from >= {days} * 86400000 AS long FROM drug_pairs)
ARRAY JOIN orders AS o
