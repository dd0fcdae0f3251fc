-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE finding_sets ADD COLUMN IF NOT EXISTS `hit_ids` Array(String) DEFAULT finding_ids COMMENT 'finding that speaks of a stay, one entry for each stay' AFTER `changes`,
    ADD COLUMN IF NOT EXISTS `hit_rules` Array(String) DEFAULT rules COMMENT 'its rule' AFTER `hit_ids`,
    ADD COLUMN IF NOT EXISTS `hit_institutions` Array(String) DEFAULT institutions COMMENT 'institution of the stay' AFTER `hit_rules`,
    ADD COLUMN IF NOT EXISTS `hit_persons` Array(String) DEFAULT persons COMMENT 'person of the stay or empty' AFTER `hit_institutions`,
    ADD COLUMN IF NOT EXISTS `hit_stays` Array(String) DEFAULT stays COMMENT 'stay or empty' AFTER `hit_persons`;
