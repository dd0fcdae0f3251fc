-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS sessions
(
    `token_sha256` String COMMENT 'SHA-256 of the token in the cookie, hex',
    `account_id` String COMMENT 'who has signed in',
    `epoch` UInt32 COMMENT 'of the account at the beginning, with another one the session is void',
    `created_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when it began',
    `seen_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'about when it was used, the greatest counts',
    `ended` Bool COMMENT 'signed out, one row is enough'
)
ENGINE = MergeTree
ORDER BY (token_sha256, seen_at)
TTL toDateTime(created_at) + INTERVAL 2 DAY
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Who is signed in. No view of the journal, a rebuilt store has none. Rows leave after 2 days';
