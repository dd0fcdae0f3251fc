-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_persons
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `person_id` String COMMENT 'personal number at the fund',
    `name_masked` String COMMENT 'masked name',
    `sex` String COMMENT 'M or F',
    `born` Date32 COMMENT 'day of birth',
    `died` Nullable(Date32) COMMENT 'day of death, NULL when absent',
    `insured_city` String COMMENT 'city of insurance'
)
ENGINE = ReplacingMergeTree
ORDER BY (`person_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table persons, every version. Key: person_id. Current is the greatest (seq, line) of a key unless void';
