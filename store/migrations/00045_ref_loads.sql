-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_loads
(
    `table_name` String COMMENT 'reference table',
    `seq` UInt64 COMMENT 'journal entry of the load',
    `loaded_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `actor` String COMMENT 'key that loaded it',
    `rows` UInt64 COMMENT 'rows of the load, may be 0'
)
ENGINE = ReplacingMergeTree
ORDER BY (table_name, seq)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Loads of reference tables: a table without one was never loaded';
