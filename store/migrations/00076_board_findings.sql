-- +goose NO TRANSACTION
-- +goose Up
CREATE OR REPLACE VIEW board_findings
(
    `finding_id` String COMMENT 'finding',
    `rule` String COMMENT 'code of the rule',
    `severity` String COMMENT 'violation, suspicion or reminder',
    `state` String COMMENT 'as people left it, notified may have lapsed',
    `institution_id` String COMMENT 'institution that it belongs to',
    `name` String COMMENT 'of the institution',
    `city` String COMMENT 'of the institution',
    `level` Int64 COMMENT 'of the institution, 0 when not known',
    `fen` Int64 COMMENT 'gross amount in fen',
    `opened_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when it was first noticed',
    `revised_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when its facts last changed'
)
AS SELECT f.finding_id AS finding_id, f.rule AS rule, f.severity AS severity, if(r.state = '', 'open', r.state) AS state,
    f.institution_id AS institution_id, i.name AS name, i.city AS city, i.level AS level, f.fen AS fen,
    f.opened AS opened_at, f.revised AS revised_at
FROM (
    SELECT finding_id, rule, severity, institution_id, fen, opened, revised FROM (
        SELECT finding_ids, rules, severities, institutions, amounts, opened_at, revised_at FROM finding_sets
        WHERE scope_key IN (SELECT scope_key FROM finding_sets WHERE notEmpty(finding_ids))
        ORDER BY scope_key, scope, touched_offset DESC, epoch DESC, evaluated_at DESC LIMIT 1 BY scope_key, scope)
    ARRAY JOIN finding_ids AS finding_id, rules AS rule, severities AS severity, institutions AS institution_id, amounts AS fen, opened_at AS opened, revised_at AS revised
    ORDER BY finding_id LIMIT 1 BY finding_id
) AS f
LEFT JOIN (SELECT finding_id, argMax(state, seq) AS state FROM reviews GROUP BY finding_id) AS r ON r.finding_id = f.finding_id
LEFT JOIN board_institutions AS i ON i.institution_id = f.institution_id
SETTINGS join_use_nulls = 0
COMMENT 'For boards: one row for each finding that stands, with where its procedure stands. No person and no stay';
