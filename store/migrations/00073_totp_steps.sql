-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS totp_steps
(
    `factor` String COMMENT 'whose second factor, and which of theirs',
    `step` Int64 COMMENT 'of RFC 6238, 30 seconds each, whose code was used',
    `attempt` String COMMENT 'random: two attempts with one code are two rows',
    `used_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when'
)
ENGINE = MergeTree
ORDER BY (factor, step)
TTL toDateTime(used_at) + INTERVAL 1 DAY
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Codes of second factors that were used, for each counts once. No view of the journal. Rows leave after a day';
