-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS journal
(
    `seq` UInt64 COMMENT 'number given by the fold, from 1 without gaps',
    `at` DateTime64(3, 'Asia/Shanghai') COMMENT 'product clock',
    `command_id` String COMMENT 'drops repeats',
    `type` String COMMENT 'type of the entry',
    `actor` String COMMENT 'key that decided',
    `body` String COMMENT 'canonical bytes of the entry',
    `prev_hash` String COMMENT 'hash of the entry before, hex',
    `hash` String COMMENT 'hash of this entry, hex'
)
ENGINE = ReplacingMergeTree
ORDER BY (seq)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'The journal as the fold accepted it';
