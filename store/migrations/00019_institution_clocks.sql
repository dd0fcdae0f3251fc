-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS institution_clocks
(
    `institution_id` String COMMENT 'institution',
    `latest` DateTime64(3, 'Asia/Shanghai') COMMENT 'latest occurred_at of its live records of the kinds that move clocks',
    `log_partition` Int32 COMMENT 'partition of the record that set it',
    `log_offset` Int64 COMMENT 'offset of the message of that record',
    `log_index` Int32 COMMENT 'line of that message',
    `through` Int64 COMMENT 'last offset that the clock takes account of, the greatest counts'
)
ENGINE = ReplacingMergeTree(through)
ORDER BY (institution_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Present of each institution before it is cut to as_of';
