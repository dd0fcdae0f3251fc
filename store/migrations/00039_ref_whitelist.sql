-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_whitelist
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `whitelist_id` String COMMENT 'row',
    `rule` String COMMENT 'rule',
    `institution_id` String COMMENT 'institution, empty when absent',
    `person_id` String COMMENT 'personal number at the fund, empty when absent',
    `diagnosis_prefix` String COMMENT 'prefix of a primary diagnosis, empty when absent',
    `series_id` String COMMENT 'registered series, empty when absent',
    `reason` String COMMENT 'reason',
    `owner` String COMMENT 'who answers for the row',
    `expires_on` Date32 COMMENT 'last day of the row'
)
ENGINE = ReplacingMergeTree
ORDER BY (`whitelist_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table whitelist, every version. Key: whitelist_id. Current is the greatest (seq, line) of a key unless void';
