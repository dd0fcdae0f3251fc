-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS mentions
(
    `what` String COMMENT 'photo: a photograph of a fitted device, refund: a fee line that a refund takes back',
    `institution_id` String COMMENT 'institution of the fee line, empty for a photograph',
    `id` String COMMENT 'SHA-256 of the photograph, or record_id of the fee line',
    `person_id` String COMMENT 'whose record mentions it'
)
ENGINE = ReplacingMergeTree
ORDER BY (what, institution_id, id, person_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'What records of one person mention that records of others may be about: who must be looked at again when such a record arrives';
