-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_appraisals
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `appraisal_id` String COMMENT 'appraisal',
    `person_id` String COMMENT 'personal number at the fund',
    `item_code` String COMMENT 'item of the catalogue',
    `approved_on` Date32 COMMENT 'day of approval'
)
ENGINE = ReplacingMergeTree
ORDER BY (`appraisal_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table appraisals, every version. Key: appraisal_id. Current is the greatest (seq, line) of a key unless void';
