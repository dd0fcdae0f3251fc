-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_physicians
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `physician_id` String COMMENT 'physician',
    `suspended_from` Nullable(Date32) COMMENT 'first day of the suspension, NULL when absent',
    `name_masked` String COMMENT 'masked name',
    `institution_id` String COMMENT 'institution',
    `suspended_until` Nullable(Date32) COMMENT 'first day after the suspension, NULL when absent'
)
ENGINE = ReplacingMergeTree
ORDER BY (`physician_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table physicians, every version. Key: physician_id, suspended_from. Current is the greatest (seq, line) of a key unless void';
