-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS settlements
(
    `institution_id` String COMMENT 'institution',
    `month` String COMMENT 'settled month, YYYY-MM',
    `seq` UInt64 COMMENT 'journal entry that closed it',
    `proposal` UInt64 COMMENT 'journal entry that proposed it',
    `body` String COMMENT 'settlement as JSON of package audit, as it is shown for ever'
)
ENGINE = ReplacingMergeTree
ORDER BY (institution_id, month, seq)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Closed settlements';
