-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS conflicts
(
    `person_key` UInt64 COMMENT 'xxHash64 of person_id, what the table is sorted by',
    `person_id` String COMMENT 'personal number of the record that stands',
    `institution_id` String COMMENT 'institution that sent both',
    `stay_id` String COMMENT 'visit number of the record that stands, empty only for a device fitting',
    `kind` String COMMENT 'kind of the record',
    `record_id` String COMMENT 'number of the record',
    `revision` UInt32 COMMENT 'the revision that was sent with two contents',
    `received_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'reception at the door of what was refused',
    `log_partition` Int32 COMMENT 'partition of the records topic, of what was refused',
    `log_offset` Int64 COMMENT 'offset of the message in the partition',
    `log_index` Int32 COMMENT 'line of the message, from 0',
    CONSTRAINT person_key_is_hash CHECK person_key = xxHash64(person_id)
)
ENGINE = ReplacingMergeTree
ORDER BY (person_key, institution_id, kind, record_id, log_partition, log_offset, log_index)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Uploads that were refused because they contradict what stands: whom they concern. What they said is in quarantine';
