-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS quarantine
(
    `receipt_id` String COMMENT 'number of the receipt, empty for poison in the log',
    `quarantine_id` String COMMENT 'the same for the same refusal, so that repeats are one',
    `institution_id` String COMMENT 'who uploaded',
    `received_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'reception at the door',
    `index` Int32 COMMENT 'which record of the upload, from 0',
    `record_id` String COMMENT 'its record_id, empty when unreadable',
    `code` String COMMENT 'code of the contract',
    `field` String COMMENT 'the field at fault or empty',
    `message` String COMMENT 'what to do about it',
    `raw` String COMMENT 'the bytes as sent',
    `chunks` Int32 COMMENT 'how many record messages the upload has, -1 unknown',
    `refused_at_door` Int32 COMMENT 'how many records the door refused in the whole upload, -1 unknown',
    INDEX by_time received_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (receipt_id, quarantine_id)
SETTINGS index_granularity = 1024
COMMENT 'Refused records with their raw bytes';
