-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_institutions
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `institution_id` String COMMENT 'institution',
    `name` String COMMENT 'name',
    `kind` String COMMENT 'kind',
    `level` Int32 COMMENT 'level of the institution, 1 to 3',
    `city` String COMMENT 'city',
    `beds` Nullable(Int32) COMMENT 'licensed beds, NULL when absent',
    `face_required` Bool COMMENT 'face checks are required',
    `capabilities` Array(String) COMMENT 'what the institution uploads: vitals, nursing, executions, empty when absent',
    `key_sha256` String COMMENT 'SHA-256 of the bearer key, hex, empty when absent'
)
ENGINE = ReplacingMergeTree
ORDER BY (`institution_id`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table institutions, every version. Key: institution_id. Current is the greatest (seq, line) of a key unless void';
