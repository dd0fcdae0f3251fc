-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_assessments
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `institution_id` String COMMENT 'institution',
    `year` Int32 COMMENT 'year',
    `score` Int64 COMMENT 'score in 1/10,000',
    `satisfaction` Int64 COMMENT 'satisfaction in 1/10,000'
)
ENGINE = ReplacingMergeTree
ORDER BY (`institution_id`, `year`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table assessments, every version. Key: institution_id, year. Current is the greatest (seq, line) of a key unless void';
