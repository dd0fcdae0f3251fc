-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO movements
SELECT institution_id, 'admission', person_id, stay_id, record_id, revision, cancelled, occurred_at, received_at, class, ward, bed, log_partition, log_offset, log_index FROM admissions
UNION ALL
SELECT institution_id, 'transfer', person_id, stay_id, record_id, revision, cancelled, occurred_at, received_at, '', ward, bed, log_partition, log_offset, log_index FROM transfers
UNION ALL
SELECT institution_id, 'discharge', person_id, stay_id, record_id, revision, cancelled, occurred_at, received_at, '', '', '', log_partition, log_offset, log_index FROM discharges;
