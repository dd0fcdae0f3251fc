-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS libraries
(
    `number` UInt64 COMMENT 'from 1, the greatest counts',
    `said` String COMMENT 'what decides what each evaluated rule says, by code, as JSON of package rules',
    `noted_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when everybody whom it concerns was touched'
)
ENGINE = ReplacingMergeTree
ORDER BY number
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Rule libraries with which the findings of this store were evaluated, one after the other';
