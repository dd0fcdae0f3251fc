-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS idempotency
(
    `scope` String COMMENT 'credential and path',
    `key` String COMMENT 'Idempotency-Key',
    `saved_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when the answer was given',
    `body_hash` String COMMENT 'SHA-256 of the request body, hex',
    `status` UInt16 COMMENT 'HTTP status of the answer',
    `header_names` Array(String) COMMENT 'headers of the answer',
    `header_values` Array(String) COMMENT 'their values',
    `body` String COMMENT 'body of the answer'
)
ENGINE = MergeTree
ORDER BY (scope, key, saved_at)
TTL toDateTime(saved_at) + INTERVAL 7 DAY
SETTINGS index_granularity = 256
COMMENT 'First answers to requests with an Idempotency-Key. Rows leave after 7 days';
