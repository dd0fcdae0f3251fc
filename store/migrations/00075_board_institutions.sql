-- +goose NO TRANSACTION
-- +goose Up
CREATE OR REPLACE VIEW board_institutions
(
    `institution_id` String COMMENT 'institution',
    `name` String COMMENT 'name',
    `kind` String COMMENT 'medical, rehab or device',
    `city` String COMMENT 'city',
    `level` Int64 COMMENT '1 to 3',
    `heard_at` Nullable(DateTime64(3, 'Asia/Shanghai')) COMMENT 'last reception of an accepted record, NULL for never',
    `agreed` Bool COMMENT 'an agreement of it is neither terminated nor over today'
)
AS SELECT i.institution_id AS institution_id, i.name AS name, i.kind AS kind, i.city AS city, toInt64(i.level) AS level, r.heard_at AS heard_at,
    i.institution_id IN (
        SELECT institution_id FROM (
            SELECT institution_id, status FROM (
                SELECT institution_id, kind, status, `from`, until, void FROM ref_agreements
                ORDER BY seq DESC, line DESC LIMIT 1 BY institution_id, kind, `from`)
            WHERE NOT void AND `from` <= toDate(now(), 'Asia/Shanghai') AND (until IS NULL OR until > toDate(now(), 'Asia/Shanghai'))
            ORDER BY `from` DESC LIMIT 1 BY institution_id, kind)
        WHERE status != 'terminated') AS agreed
FROM (
    SELECT institution_id, name, kind, city, level, void FROM ref_institutions
    ORDER BY seq DESC, line DESC LIMIT 1 BY institution_id
) AS i
LEFT JOIN (SELECT institution_id, toNullable(max(received_at)) AS heard_at FROM receptions GROUP BY institution_id) AS r ON r.institution_id = i.institution_id
WHERE NOT i.void
SETTINGS join_use_nulls = 0
COMMENT 'For boards: one row for each institution, with when it was last heard of and whether it is under agreement';
