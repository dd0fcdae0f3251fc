-- What only a physician may order is charged, and nobody ordered it.
SELECT multiIf(present < at + {hours}, '', item_found, 'hit', 'not_evaluated') AS result, stay, [item_code] AS about,
    'violating' AS role, 'fee' AS kind, institution_id, record_id, at, amount, 'item row missing' AS reason,
    institution_id AS due_institution, at + {hours} AS due_at
FROM unordered
