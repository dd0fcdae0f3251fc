-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE keys ADD COLUMN IF NOT EXISTS `city` String COMMENT 'city of the agency, empty of the province' AFTER `roles`;
