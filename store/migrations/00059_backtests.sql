-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS backtests
(
    `backtest_id` String COMMENT 'number of the backtest, sortable by the time of asking',
    `seq` UInt64 COMMENT 'grows with every change, the greatest counts',
    `state` String COMMENT 'queued, running, done, cancelled, failed or interrupted',
    `worker` String COMMENT 'process that runs it',
    `heard_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when the process last said so',
    `body` String COMMENT 'request, progress and result as JSON'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY backtest_id
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Backtests that were asked for, and what they found';
