-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE ref_items ADD COLUMN IF NOT EXISTS `source` String COMMENT 'where columns that an import has filled come from, empty when absent';
