-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS libraries
(
    `number` UInt64 COMMENT 'from 1, grows with every library that is put into use',
    `said` String COMMENT 'what decides what each evaluated rule says, by code, as JSON of package rules',
    `touched` Bool COMMENT 'everybody whom it concerns was touched, which counts',
    `noted_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when this was noted'
)
ENGINE = ReplacingMergeTree(touched)
ORDER BY (number, xxHash64(said))
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Rule libraries with which findings of this store were evaluated, one after the other. Noted before the first evaluation, and again once whom it concerns is touched';
