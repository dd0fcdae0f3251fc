-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_agreements
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `institution_id` String COMMENT 'institution',
    `kind` String COMMENT 'kind',
    `from` Date32 COMMENT 'first day',
    `agreement_id` String COMMENT 'agreement',
    `status` String COMMENT 'active, suspended or terminated',
    `until` Nullable(Date32) COMMENT 'first day that is no longer covered, NULL when absent',
    `term_from` Nullable(Date32) COMMENT 'first day of the term, NULL when absent',
    `term_until` Nullable(Date32) COMMENT 'first day after the term, NULL when absent',
    `holdover` Nullable(Bool) COMMENT 'holds on after until, NULL when absent'
)
ENGINE = ReplacingMergeTree
ORDER BY (`institution_id`, `kind`, `from`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table agreements, every version. Key: institution_id, kind, from. Current is the greatest (seq, line) of a key unless void';
