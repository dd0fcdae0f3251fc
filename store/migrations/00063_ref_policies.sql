-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_policies
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `policy` String COMMENT 'what is set',
    `city` String COMMENT 'city in which it holds, empty when everywhere',
    `from` Date32 COMMENT 'first day',
    `until` Nullable(Date32) COMMENT 'first day that is no longer covered, NULL when absent',
    `value` String COMMENT 'value, in the unit of the policy',
    `reason` String COMMENT 'reason'
)
ENGINE = ReplacingMergeTree
ORDER BY (`policy`, `city`, `from`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table policies, every version. Key: policy, city, from. Current is the greatest (seq, line) of a key unless void';
