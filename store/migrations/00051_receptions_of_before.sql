-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO receptions SELECT institution_id, max(received_at) FROM (
    SELECT institution_id, received_at FROM admissions
    UNION ALL SELECT institution_id, received_at FROM transfers
    UNION ALL SELECT institution_id, received_at FROM leaves
    UNION ALL SELECT institution_id, received_at FROM discharges
    UNION ALL SELECT institution_id, received_at FROM orders
    UNION ALL SELECT institution_id, received_at FROM fees
    UNION ALL SELECT institution_id, received_at FROM identity_checks
    UNION ALL SELECT institution_id, received_at FROM care_records
    UNION ALL SELECT institution_id, received_at FROM operations
    UNION ALL SELECT institution_id, received_at FROM exam_reports
    UNION ALL SELECT institution_id, received_at FROM front_pages
    UNION ALL SELECT institution_id, received_at FROM device_fittings
    UNION ALL SELECT institution_id, received_at FROM claims
) GROUP BY institution_id;
