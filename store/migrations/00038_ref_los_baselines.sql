-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_los_baselines
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `diagnosis_group` String COMMENT 'first three characters of a primary diagnosis',
    `level` Int32 COMMENT 'level of the institution, 1 to 3',
    `month` String COMMENT 'month, YYYY-MM',
    `n` Int32 COMMENT 'stays counted',
    `p95` Int64 COMMENT '95th percentile in 1/10,000 day',
    `median` Int64 COMMENT 'median in 1/10,000 day',
    `mad` Int64 COMMENT 'median distance to the median in 1/10,000 day'
)
ENGINE = ReplacingMergeTree
ORDER BY (`diagnosis_group`, `level`, `month`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table los_baselines, every version. Key: diagnosis_group, level, month. Current is the greatest (seq, line) of a key unless void';
