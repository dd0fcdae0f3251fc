-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS event_clock
(
    `log_partition` Int32 COMMENT 'partition of the records topic',
    `latest` SimpleAggregateFunction(max, DateTime64(3, 'Asia/Shanghai')) COMMENT 'greatest occurred_at stored of the kinds that move clocks, any revision'
)
ENGINE = AggregatingMergeTree
ORDER BY (log_partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'The event clock is the maximum over all rows';
