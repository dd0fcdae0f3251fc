-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS claims
(
    `person_key` UInt64 COMMENT 'xxHash64 of person_id, what the table is sorted by',
    `person_id` String COMMENT 'personal number at the fund',
    `institution_id` String COMMENT 'institution that sent the record',
    `stay_id` String COMMENT 'visit number at the institution, empty only for a device fitting',
    `record_id` String COMMENT 'number of the record, unique per institution and kind',
    `revision` UInt32 COMMENT 'from 1, the highest one counts',
    `cancelled` Bool COMMENT 'this revision voids the record',
    `occurred_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when it happened at the bedside: submitted',
    `received_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'reception at the door, non-decreasing per partition',
    `content_sha256` FixedString(32) COMMENT 'SHA-256 of the canonical form',
    `log_partition` Int32 COMMENT 'partition of the records topic',
    `log_offset` Int64 COMMENT 'offset of the message in the partition',
    `log_index` Int32 COMMENT 'line of the message, from 0',
    `month` String COMMENT 'month of the settlement list, YYYY-MM',
    `declared_amount` Int64 COMMENT 'declared total in fen',
    `line_count` Int32 COMMENT 'declared number of fee lines',
    CONSTRAINT person_key_is_hash CHECK person_key = xxHash64(person_id),
    CONSTRAINT revision_from_one CHECK revision >= 1
)
ENGINE = ReplacingMergeTree
ORDER BY (person_key, institution_id, record_id, revision, log_offset, log_index)
SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, min_bytes_for_wide_part = 104857600, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Records of kind claim: settlement lists of a stay and month. One row per revision, of equal (institution_id, record_id, revision) the first by log position counts';
