-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS receipts
(
    `receipt_id` String COMMENT 'number of the receipt',
    `chunk` Int32 COMMENT 'which record message of the upload, from 0',
    `chunks` Int32 COMMENT 'how many record messages the upload has',
    `institution_id` String COMMENT 'who uploaded',
    `received_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'reception at the door',
    `atomic` Bool COMMENT 'all or nothing',
    `refused_at_door` Int32 COMMENT 'how many records the door refused in the whole upload',
    `accepted` Int32 COMMENT 'records of this message that were new',
    `duplicate` Int32 COMMENT 'records of this message that were known',
    `refused_index` Array(Int32) COMMENT 'index in the upload of each record that the sink refused',
    `refused_record_id` Array(String) COMMENT 'its record_id, empty when unreadable',
    `refused_code` Array(String) COMMENT 'its code of the contract',
    `refused_field` Array(String) COMMENT 'the field at fault or empty',
    `refused_message` Array(String) COMMENT 'what to do about it'
)
ENGINE = ReplacingMergeTree(accepted)
ORDER BY (receipt_id, chunk)
TTL toDateTime(received_at) + INTERVAL 400 DAY
SETTINGS index_granularity = 256
COMMENT 'How each message of an upload was settled. Rows leave 400 days after reception';
