-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_item_pairs
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `pair_id` String COMMENT 'pair',
    `item_code` String COMMENT 'item of the catalogue',
    `included_code` String COMMENT 'item that is included in item_code',
    `scope` String COMMENT 'scope of the pair',
    `absolute` Bool COMMENT 'true: a violation, else a suspicion',
    `factor` Nullable(Int64) COMMENT 'factor in 1/10,000, NULL when absent',
    `valid_from` Date32 COMMENT 'first day of validity',
    `valid_until` Nullable(Date32) COMMENT 'first day that is no longer valid, NULL when absent',
    `source` String COMMENT 'source'
)
ENGINE = ReplacingMergeTree
ORDER BY (`pair_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table item_pairs, every version. Key: pair_id. Current is the greatest (seq, line) of a key unless void';
