-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS settlement_lines
(
    `institution_id` String COMMENT 'institution that is settled with',
    `proposal` UInt64 COMMENT 'journal entry that proposed the settlement',
    `kind` UInt8 COMMENT 'number of the kind, claimwatch.Kind',
    `record_id` String COMMENT 'line',
    `month` String COMMENT 'month that the posting is for, YYYY-MM',
    `person_id` String COMMENT 'personal number at the fund',
    `stay_id` String COMMENT 'visit number, empty for a device fitting without one',
    `claimed` Int64 COMMENT 'change of what is claimed, in fen',
    `rejected` Int64 COMMENT 'change of what is rejected',
    `not_payable` Int64 COMMENT 'change of what is not payable',
    `on_hold` Int64 COMMENT 'change of what is on hold',
    `approved` Int64 COMMENT 'change of what is approved',
    `because` String COMMENT 'suspended or terminated when it is not payable',
    `hold_id` String COMMENT 'hold that keeps it back'
)
ENGINE = ReplacingMergeTree
ORDER BY (institution_id, proposal, kind, record_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'What each proposed settlement posts of each line. Only those count whose proposal was closed, settlements.proposal';
