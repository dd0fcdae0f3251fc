-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS ref_items
(
    `seq` UInt64 COMMENT 'journal entry of the load, the greatest of a key counts',
    `line` UInt32 COMMENT 'row of the load, from 1, the last of a key counts',
    `known_from` DateTime64(3, 'Asia/Shanghai') COMMENT 'time of the load',
    `void` Bool COMMENT 'true withdraws the row',
    `actor` String COMMENT 'key that loaded it',
    `item_code` String COMMENT 'item of the catalogue',
    `region` String COMMENT 'city for which the row holds, empty everywhere, empty when absent',
    `valid_from` Date32 COMMENT 'first day of validity',
    `name` String COMMENT 'name',
    `category` String COMMENT 'fee category',
    `unit` String COMMENT 'unit',
    `valid_until` Nullable(Date32) COMMENT 'first day that is no longer valid, NULL when absent',
    `in_scope` Bool COMMENT 'payable by the fund',
    `rehab` Bool COMMENT 'rehabilitation item',
    `hour_unit` Bool COMMENT 'charged by the hour',
    `order_required` Bool COMMENT 'needs an order',
    `report_required` Bool COMMENT 'needs a report',
    `price_cap_1` Nullable(Int64) COMMENT 'cap at level 1 in 1/1,000,000 yuan, NULL when absent',
    `price_cap_2` Nullable(Int64) COMMENT 'cap at level 2 in 1/1,000,000 yuan, NULL when absent',
    `price_cap_3` Nullable(Int64) COMMENT 'cap at level 3 in 1/1,000,000 yuan, NULL when absent',
    `max_per_day` Nullable(Int64) COMMENT 'limit per day in 1/10,000 of the unit, NULL when absent',
    `max_per_stay` Nullable(Int64) COMMENT 'limit per stay in 1/10,000 of the unit, NULL when absent',
    `sex` String COMMENT 'M or F, empty when absent',
    `age_min` Nullable(Int32) COMMENT 'youngest age in full years, NULL when absent',
    `age_max` Nullable(Int32) COMMENT 'oldest age in full years, NULL when absent',
    `min_level` Nullable(Int32) COMMENT 'lowest level of institution, NULL when absent',
    `visit` String COMMENT 'inpatient or outpatient, empty when absent',
    `max_days_supply` Nullable(Int32) COMMENT 'most days of supply, NULL when absent',
    `discharge_max_days` Nullable(Int32) COMMENT 'most days of supply at discharge, NULL when absent',
    `indication_prefixes` Array(String) COMMENT 'prefixes of diagnoses for which the item is meant, empty when absent',
    `atc` String COMMENT 'ATC code, empty when absent',
    `life_years` Nullable(Int32) COMMENT 'life of a device in years, NULL when absent',
    `nursing_level` Nullable(Int32) COMMENT 'nursing level 0 to 3, NULL when absent',
    `non_injury` Bool COMMENT 'for other illness than an injury'
)
ENGINE = ReplacingMergeTree
ORDER BY (`item_code`, `region`, `valid_from`, seq, line)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Reference table items, every version. Key: item_code, region, valid_from. Current is the greatest (seq, line) of a key unless void';
