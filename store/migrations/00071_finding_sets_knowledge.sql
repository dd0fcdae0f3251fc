-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE finding_sets ADD COLUMN IF NOT EXISTS `knowledge` UInt64 DEFAULT 0 COMMENT 'journal entry of the newest load of reference rows that the evaluation has read, 1 for none, 0 in rows of before it was noted' AFTER `revised_at`;
