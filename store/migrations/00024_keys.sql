-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS keys
(
    `key_sha256` String COMMENT 'SHA-256 of the bearer key, hex',
    `seq` UInt64 COMMENT 'journal entry, the greatest counts',
    `institution_id` String COMMENT 'institution of a hospital\'s key or empty',
    `label` String COMMENT 'whose key it is',
    `roles` Array(String) COMMENT 'roles of the key',
    `created_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'when the key was made',
    `revoked` Bool COMMENT 'true ends the key'
)
ENGINE = ReplacingMergeTree(seq)
ORDER BY (key_sha256)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Bearer keys, hashes only';
