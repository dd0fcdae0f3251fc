-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO conflicts
SELECT xxHash64(i.person_id), i.person_id, i.institution_id, i.stay_id, q.kind, q.record_id, i.revision, q.received_at,
    toInt32(q.place[2]), toInt64(q.place[3]), toInt32(q.place[4])
FROM (
    SELECT record_id, received_at, splitByChar('_', quarantine_id) AS place, JSONExtractString(raw, 'kind') AS kind,
        toUInt32(greatest(1, JSONExtractInt(raw, 'revision'))) AS revision,
        toFixedString(substring(SHA256(concat(institution_id, '|', kind, '|', record_id)), 1, 16), 16) AS identity_key
    FROM quarantine WHERE code = 'conflict' AND match(quarantine_id, '^q_[0-9]+_[0-9]+_[0-9]+$')
) AS q
INNER JOIN (
    SELECT DISTINCT identity_key, revision, person_id, stay_id, institution_id FROM identities WHERE identity_key IN (
        SELECT toFixedString(substring(SHA256(concat(institution_id, '|', JSONExtractString(raw, 'kind'), '|', record_id)), 1, 16), 16)
        FROM quarantine WHERE code = 'conflict')
) AS i ON i.identity_key = q.identity_key AND i.revision = q.revision;
