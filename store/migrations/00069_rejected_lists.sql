-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS rejected_lists
(
    `institution_id` String COMMENT 'institution that charged the lines',
    `month` String COMMENT 'month of the list, YYYY-MM',
    `seq` UInt64 COMMENT 'journal entry, the greatest counts',
    `number` String COMMENT 'number of the list, running by institution and year',
    `total` Int64 COMMENT 'sum of its items in fen',
    `content_sha256` String COMMENT 'hash of its content without texts, hex',
    `body` String COMMENT 'list as JSON of package audit'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY (institution_id, month)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Sealed rejected-fee lists';
