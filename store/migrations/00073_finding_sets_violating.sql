-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE finding_sets ADD COLUMN IF NOT EXISTS `violating` Array(Array(String)) DEFAULT arrayMap(b -> arrayMap(l -> concat(JSONExtractString(l, 'kind'), '|', JSONExtractString(l, 'institution_id'), '|', JSONExtractString(l, 'record_id')), arrayFilter(l -> JSONExtractString(l, 'role') = 'violating', JSONExtractArrayRaw(b, 'lines'))), bodies) COMMENT 'violating lines of each finding, kind and institution and record joined by bars' AFTER `bodies`;
