-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS log_progress
(
    `consumer` String COMMENT 'who reads the log',
    `log_partition` Int32 COMMENT 'partition that it reads',
    `next` Int64 COMMENT 'offset to read next',
    `received_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'greatest reception time so far'
)
ENGINE = ReplacingMergeTree(next)
ORDER BY (consumer, log_partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'How far each consumer has come, the greatest next counts';
