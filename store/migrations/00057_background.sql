-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS background
(
    `seq` UInt64 COMMENT 'journal entry that touches the scopes',
    `number` UInt32 COMMENT 'of the portion, from 0, they are worked off in this order',
    `what` String COMMENT 'what the entry is, for people',
    `size` UInt32 COMMENT 'how many scopes the portion has',
    `scopes` Array(String) COMMENT 'the scopes, empty once they are answered',
    `done` UInt8 COMMENT '1 once all are answered, which counts'
)
ENGINE = ReplacingMergeTree(done)
ORDER BY (seq, number)
SETTINGS index_granularity = 128, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Who is to be evaluated again because reference data or rules have changed, in portions that are published one after the other behind live uploads';
