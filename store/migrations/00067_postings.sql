-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS postings
(
    `institution_id` String COMMENT 'institution',
    `seq` UInt64 COMMENT 'journal entry, whose postings add up to zero',
    `account` String COMMENT 'account',
    `amount` Int64 COMMENT 'into the account, in fen; negative: out of it',
    `for_what` String COMMENT 'month YYYY-MM, or year YYYY',
    `event` String COMMENT 'type of the journal entry',
    `at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when',
    `by` Array(String) COMMENT 'ids of the keys that decided'
)
ENGINE = ReplacingMergeTree
ORDER BY (institution_id, seq, account)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Movements between the accounts of an institution, double entry';
