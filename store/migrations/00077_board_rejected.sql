-- +goose NO TRANSACTION
-- +goose Up
CREATE OR REPLACE VIEW board_rejected
(
    `institution_id` String COMMENT 'institution that charged the lines',
    `name` String COMMENT 'of the institution',
    `city` String COMMENT 'of the institution',
    `month` String COMMENT 'month of the list, YYYY-MM',
    `finding_id` String COMMENT 'finding that the decision was about',
    `rule` String COMMENT 'code of the rule',
    `lines` UInt64 COMMENT 'lines',
    `fen` Int64 COMMENT 'what is rejected of them in fen, below zero when it is given back'
)
AS SELECT l.institution_id AS institution_id, any(i.name) AS name, any(i.city) AS city, l.month AS month, l.finding_id AS finding_id,
    any(JSONExtractString(l.body, 'rule')) AS rule, count() AS lines, sum(l.amount) AS fen
FROM (
    SELECT institution_id, month, finding_id, amount, void, body FROM rejected_lines
    ORDER BY seq DESC LIMIT 1 BY institution_id, month, finding_id, kind, record_id
) AS l
LEFT JOIN board_institutions AS i ON i.institution_id = l.institution_id
WHERE NOT l.void
GROUP BY institution_id, month, finding_id
SETTINGS join_use_nulls = 0
COMMENT 'For boards: what each finding takes of each institution on the rejected-fee list of a month. No person, no stay and no record';
