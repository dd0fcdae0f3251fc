-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_holds
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `hold_id` String COMMENT 'hold',
    `institution_id` String COMMENT 'institution',
    `from` Date32 COMMENT 'first day',
    `until` Nullable(Date32) COMMENT 'first day that is no longer covered, NULL when absent',
    `reason` String COMMENT 'reason'
)
ENGINE = ReplacingMergeTree
ORDER BY (`hold_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table holds, every version. Key: hold_id. Current is the greatest (seq, line) of a key unless void';
