-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS identities
(
    `identity_key` FixedString(16) COMMENT 'first 16 bytes of SHA-256(institution_id|kind|record_id)',
    `revision` UInt32 COMMENT 'from 1',
    `kind` UInt8 COMMENT 'number of the kind, claimwatch.Kind',
    `cancelled` Bool COMMENT 'this revision voids the record',
    `occurred_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when it happened at the bedside',
    `institution_id` String COMMENT 'institution that sent the record',
    `person_id` String COMMENT 'personal number at the fund',
    `stay_id` String COMMENT 'visit number',
    `content_sha256` FixedString(32) COMMENT 'SHA-256 of the canonical form',
    `log_partition` Int32 COMMENT 'partition of the records topic',
    `log_offset` Int64 COMMENT 'offset of the message in the partition',
    `log_index` Int32 COMMENT 'line of the message, from 0'
)
ENGINE = ReplacingMergeTree
ORDER BY (identity_key, revision, log_offset, log_index)
SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, min_bytes_for_wide_part = 104857600, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Accepted revisions by identity: what decides between new, duplicate and conflict. Written after the fact tables';
