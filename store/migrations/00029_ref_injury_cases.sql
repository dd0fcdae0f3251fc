-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_injury_cases
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `injury_case_id` String COMMENT 'injury case',
    `person_id` String COMMENT 'personal number at the fund',
    `injured_on` Date32 COMMENT 'day of the injury',
    `recognised_on` Nullable(Date32) COMMENT 'day of recognition, NULL when absent',
    `diagnosis_prefixes` Array(String) COMMENT 'prefixes of the diagnoses that belong to the injury, empty when absent',
    `trauma` Bool COMMENT 'injury by trauma',
    `stop_work_until` Nullable(Date32) COMMENT 'last day of the stop-work period, NULL when absent',
    `rehab_confirmed_on` Nullable(Date32) COMMENT 'day on which rehabilitation was confirmed, NULL when absent'
)
ENGINE = ReplacingMergeTree
ORDER BY (`injury_case_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table injury_cases, every version. Key: injury_case_id. Current is the greatest (seq, line) of a key unless void';
