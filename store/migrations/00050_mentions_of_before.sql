-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO mentions
SELECT DISTINCT 'photo', '', photo_sha256, person_id FROM device_fittings WHERE photo_sha256 != ''
UNION ALL
SELECT DISTINCT 'refund', institution_id, reverses, person_id FROM fees WHERE reverses != '';
