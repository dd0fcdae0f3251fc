-- The views of a slice over reference tables.

-- When laws are in force; until is the first day that is no longer covered.
CREATE VIEW {slice}.laws AS
SELECT law_id, toInt32(valid_from) AS since, ifNull(toInt32(valid_until), toInt32(2147483647)) AS until
FROM (SELECT * FROM {main}.ref_laws ORDER BY seq DESC, line DESC LIMIT 1 BY law_id, valid_from)
WHERE NOT void;

-- Reference tables that were ever loaded (rules.md 1.23).
CREATE VIEW {slice}.loaded AS
SELECT DISTINCT table_name FROM {main}.ref_loads;
