-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO visit_numbers SELECT DISTINCT institution_id, stay_id, person_id, kind FROM identities WHERE stay_id != '';
