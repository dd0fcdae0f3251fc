-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS movements
(
    `institution_id` String COMMENT 'institution that sent the record, what the table is sorted by',
    `kind` String COMMENT 'admission, transfer or discharge',
    `person_id` String COMMENT 'personal number at the fund',
    `stay_id` String COMMENT 'visit number at the institution',
    `record_id` String COMMENT 'number of the record, unique per institution and kind',
    `revision` UInt32 COMMENT 'from 1, the highest one counts',
    `cancelled` Bool COMMENT 'this revision voids the record',
    `occurred_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'admitted, moved or discharged',
    `received_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'reception at the door',
    `class` String COMMENT 'class of an admission',
    `ward` String COMMENT 'ward, empty when absent',
    `bed` String COMMENT 'bed, empty when absent',
    `log_partition` Int32 COMMENT 'partition of the records topic',
    `log_offset` Int64 COMMENT 'offset of the message in the partition',
    `log_index` Int32 COMMENT 'line of the message, from 0'
)
ENGINE = ReplacingMergeTree
ORDER BY (institution_id, kind, record_id, revision, log_offset, log_index)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Who lay where, by institution: what rules across the persons of an institution read. Copies of admissions, transfers and discharges, written after them';
