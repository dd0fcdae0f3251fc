-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE finding_sets ADD COLUMN IF NOT EXISTS `suppressions` Array(String) DEFAULT arrayMap(x -> '', finding_ids) COMMENT 'whitelist row that applies to each finding, or empty' AFTER `facts`;
