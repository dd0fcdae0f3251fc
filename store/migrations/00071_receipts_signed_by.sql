-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE receipts ADD COLUMN IF NOT EXISTS `signed_by` String
COMMENT 'whose electronic seal was verified over the upload, JSON, empty when it was sent without one';
