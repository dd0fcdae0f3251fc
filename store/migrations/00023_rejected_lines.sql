-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS rejected_lines
(
    `institution_id` String COMMENT 'institution that charged the line',
    `month` String COMMENT 'month of the list, YYYY-MM',
    `finding_id` String COMMENT 'finding that the decision was about',
    `kind` UInt8 COMMENT 'number of the kind, claimwatch.Kind',
    `record_id` String COMMENT 'line',
    `seq` UInt64 COMMENT 'journal entry, the greatest counts',
    `amount` Int64 COMMENT 'rejected amount in fen',
    `void` Bool COMMENT 'true takes the line off the list',
    `body` String COMMENT 'line as JSON of package audit'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY (institution_id, month, finding_id, kind, record_id)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Lines of the rejected-fee lists';
