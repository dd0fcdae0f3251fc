-- +goose NO TRANSACTION
-- +goose Up
CREATE OR REPLACE VIEW board_settlements
(
    `institution_id` String COMMENT 'institution',
    `name` String COMMENT 'of the institution',
    `city` String COMMENT 'of the institution',
    `month` String COMMENT 'settled month, YYYY-MM',
    `claimed_yuan` Decimal(18, 2) COMMENT 'claimed',
    `rejected_yuan` Decimal(18, 2) COMMENT 'rejected',
    `not_payable_yuan` Decimal(18, 2) COMMENT 'not payable, during suspensions',
    `on_hold_yuan` Decimal(18, 2) COMMENT 'on hold',
    `approved_yuan` Decimal(18, 2) COMMENT 'approved: 90 % is paid, 10 % kept'
)
AS SELECT l.institution_id AS institution_id, any(i.name) AS name, any(i.city) AS city, s.month AS month, CAST(toDecimal64(sum(l.claimed), 2) / 100 AS Decimal(18, 2)) AS claimed_yuan, CAST(toDecimal64(sum(l.rejected), 2) / 100 AS Decimal(18, 2)) AS rejected_yuan, CAST(toDecimal64(sum(l.not_payable), 2) / 100 AS Decimal(18, 2)) AS not_payable_yuan, CAST(toDecimal64(sum(l.on_hold), 2) / 100 AS Decimal(18, 2)) AS on_hold_yuan, CAST(toDecimal64(sum(l.approved), 2) / 100 AS Decimal(18, 2)) AS approved_yuan
FROM (
    SELECT institution_id, proposal, kind, record_id, claimed, rejected, not_payable, on_hold, approved FROM settlement_lines
    LIMIT 1 BY institution_id, proposal, kind, record_id
) AS l
INNER JOIN (SELECT institution_id, proposal, any(month) AS month FROM settlements GROUP BY institution_id, proposal) AS s
    ON s.institution_id = l.institution_id AND s.proposal = l.proposal
LEFT JOIN board_institutions AS i ON i.institution_id = l.institution_id
GROUP BY institution_id, month
SETTINGS join_use_nulls = 0
COMMENT 'For boards: closed settlements of institutions by month';
