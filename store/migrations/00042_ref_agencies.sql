-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_agencies
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `agency_id` String COMMENT 'agency',
    `city` String COMMENT 'city',
    `name` String COMMENT 'name'
)
ENGINE = ReplacingMergeTree
ORDER BY (`agency_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table agencies, every version. Key: agency_id. Current is the greatest (seq, line) of a key unless void';
