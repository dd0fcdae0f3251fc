-- +goose NO TRANSACTION
-- +goose Up
CREATE OR REPLACE VIEW board_settlements
(
    `institution_id` String COMMENT 'institution',
    `name` String COMMENT 'of the institution',
    `city` String COMMENT 'of the institution',
    `month` String COMMENT 'settled month, YYYY-MM',
    `claimed` Int64 COMMENT 'claimed, in fen',
    `rejected` Int64 COMMENT 'rejected, in fen',
    `not_payable` Int64 COMMENT 'not payable, during suspensions, in fen',
    `on_hold` Int64 COMMENT 'on hold, in fen',
    `approved` Int64 COMMENT 'approved, in fen: 90 % is paid, 10 % kept'
)
AS SELECT l.institution_id AS institution_id, any(i.name) AS name, any(i.city) AS city, s.month AS month, sum(l.claimed) AS claimed, sum(l.rejected) AS rejected, sum(l.not_payable) AS not_payable, sum(l.on_hold) AS on_hold, sum(l.approved) AS approved
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
