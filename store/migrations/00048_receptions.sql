-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS receptions
(
    `institution_id` String COMMENT 'institution',
    `received_at` SimpleAggregateFunction(max, DateTime64(3, 'Asia/Shanghai')) COMMENT 'last reception of an accepted record'
)
ENGINE = AggregatingMergeTree
ORDER BY institution_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'When each institution was last heard of';
