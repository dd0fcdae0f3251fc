-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_item_packages
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `package_code` String COMMENT 'package',
    `valid_from` Date32 COMMENT 'first day of validity',
    `component_codes` Array(String) COMMENT 'items of the package',
    `price` Int64 COMMENT 'price of the package in fen',
    `valid_until` Nullable(Date32) COMMENT 'first day that is no longer valid, NULL when absent'
)
ENGINE = ReplacingMergeTree
ORDER BY (`package_code`, `valid_from`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table item_packages, every version. Key: package_code, valid_from. Current is the greatest (seq, line) of a key unless void';
