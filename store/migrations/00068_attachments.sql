-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS attachments
(
    `sha256` String COMMENT 'SHA-256 of the bytes, hex',
    `seq` UInt64 COMMENT 'journal entry, the greatest counts',
    `media_type` String COMMENT 'media type, as sniffed from the bytes',
    `erased` Bool COMMENT 'true when the bytes were erased',
    `body` String COMMENT 'bytes of the file, empty when erased'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY (sha256)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Files of statements and appeals by their hash';
