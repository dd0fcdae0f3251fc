-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_laws
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `law_id` String COMMENT 'law',
    `valid_from` Date32 COMMENT 'first day of validity',
    `title` String COMMENT 'title',
    `valid_until` Nullable(Date32) COMMENT 'first day that is no longer valid, NULL when absent',
    `source` String COMMENT 'source'
)
ENGINE = ReplacingMergeTree
ORDER BY (`law_id`, `valid_from`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table laws, every version. Key: law_id, valid_from. Current is the greatest (seq, line) of a key unless void';
