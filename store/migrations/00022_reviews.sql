-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS reviews
(
    `finding_id` String COMMENT 'finding',
    `seq` UInt64 COMMENT 'journal entry that led to this state, the greatest counts',
    `institution_id` String COMMENT 'institution that the finding belongs to',
    `state` String COMMENT 'state of the procedure',
    `body` String COMMENT 'review as JSON of package audit'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY (finding_id)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'State of the procedure per finding';
