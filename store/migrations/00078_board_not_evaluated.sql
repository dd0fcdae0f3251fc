-- +goose NO TRANSACTION
-- +goose Up
CREATE OR REPLACE VIEW board_not_evaluated
(
    `institution_id` String COMMENT 'institution',
    `name` String COMMENT 'of the institution',
    `city` String COMMENT 'of the institution',
    `rule` String COMMENT 'code of the rule',
    `reason` String COMMENT 'why not',
    `stays` UInt64 COMMENT 'stays, 1 when it was said of the institution as a whole'
)
AS SELECT m.institution_id AS institution_id, any(i.name) AS name, any(i.city) AS city, m.rule AS rule, m.reason AS reason, uniqExact(m.person, m.stay) AS stays
FROM (
    SELECT rule, institution_id, person, stay, reason FROM (
        SELECT missed_rules, missed_institutions, missed_persons, missed_stays, missed_reasons FROM finding_sets
        ORDER BY scope_key, scope, touched_offset DESC, epoch DESC, evaluated_at DESC LIMIT 1 BY scope_key, scope)
    ARRAY JOIN missed_rules AS rule, missed_institutions AS institution_id, missed_persons AS person, missed_stays AS stay, missed_reasons AS reason
) AS m
LEFT JOIN board_institutions AS i ON i.institution_id = m.institution_id
GROUP BY institution_id, rule, reason
SETTINGS join_use_nulls = 0
COMMENT 'For boards: of how many stays of an institution a rule could not tell, and why';
