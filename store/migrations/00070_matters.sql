-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS matters
(
    `matter_id` String COMMENT 'matter',
    `seq` UInt64 COMMENT 'journal entry that led to this state, the greatest counts',
    `kind` String COMMENT 'register',
    `number` String COMMENT 'kind, year and running number',
    `institution_id` String COMMENT 'institution that it is about, empty for none',
    `city` String COMMENT 'city of the institution or of the agency that keeps it',
    `state` String COMMENT 'state of its course',
    `body` String COMMENT 'matter as JSON of package audit'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY (matter_id)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'What people keep beside findings, in its newest state';
