-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS visit_numbers
(
    `institution_id` String COMMENT 'institution that sent the records, what the table is sorted by',
    `stay_id` String COMMENT 'visit number at the institution',
    `person_id` String COMMENT 'personal number at the fund',
    `kind` UInt8 COMMENT 'number of the kind, claimwatch.Kind'
)
ENGINE = ReplacingMergeTree
ORDER BY (institution_id, stay_id, person_id, kind)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Whom the records under a visit number name, and of which kinds there are any: where the timeline of a stay begins to read. Written after the fact tables';
