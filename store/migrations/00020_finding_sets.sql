-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS finding_sets
(
    `scope_key` UInt64 COMMENT 'xxHash64 of scope, what the table is sorted by',
    `scope` String COMMENT 'person_id, or inst: and institution_id',
    `touched_partition` Int32 COMMENT 'partition of the touched topic',
    `touched_offset` Int64 COMMENT 'offset of the touched message that this answers, the greatest is current',
    `as_of` DateTime64(3, 'Asia/Shanghai') COMMENT 'moment for which it was evaluated',
    `evaluated_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'product clock at the evaluation',
    `epoch` UInt64 COMMENT 'grows by one when findings or facts change, 0 while there never was one',
    `epoch_at` DateTime64(3, 'Asia/Shanghai') COMMENT 'evaluated_at of the first row of the epoch',
    `epoch_offset` Int64 COMMENT 'touched_offset of the first row of the epoch',
    `finding_ids` Array(String) COMMENT 'findings that stand, sorted by id',
    `rules` Array(String) COMMENT 'rule of each finding',
    `severities` Array(String) COMMENT 'severity of each finding',
    `institutions` Array(String) COMMENT 'institution that each finding belongs to',
    `persons` Array(String) COMMENT 'person or empty',
    `stays` Array(String) COMMENT 'stay or empty',
    `froms` Array(Nullable(DateTime64(3, 'Asia/Shanghai'))) COMMENT 'from of each finding',
    `untils` Array(Nullable(DateTime64(3, 'Asia/Shanghai'))) COMMENT 'until of each finding',
    `amounts` Array(Int64) COMMENT 'gross amount in fen',
    `facts` Array(String) COMMENT 'facts_sha256, hex',
    `opened_at` Array(DateTime64(3, 'Asia/Shanghai')) COMMENT 'when each finding was first noticed',
    `revised_at` Array(DateTime64(3, 'Asia/Shanghai')) COMMENT 'when its facts last changed',
    `bodies` Array(String) COMMENT 'the finding as JSON',
    `changed_ids` Array(String) COMMENT 'findings that the beginning of the epoch changed',
    `changes` Array(String) COMMENT 'opened, revised or retracted',
    `missed_rules` Array(String) COMMENT 'rule that could not be evaluated',
    `missed_institutions` Array(String) COMMENT 'institution of the stay or empty',
    `missed_persons` Array(String) COMMENT 'person of the stay or empty',
    `missed_stays` Array(String) COMMENT 'stay or empty',
    `missed_reasons` Array(String) COMMENT 'why not',
    `due_institutions` Array(String) COMMENT 'due once the present of this institution, or if empty as_of, reaches due_ats',
    `due_ats` Array(DateTime64(3, 'Asia/Shanghai')) COMMENT 'when time could change the answer',
    `due_min` DateTime64(3, 'Asia/Shanghai') COMMENT 'smallest of due_ats, 2261-01-01 when there is none',
    INDEX by_finding finding_ids TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(touched_offset)
ORDER BY (scope_key, scope, epoch)
SETTINGS index_granularity = 128, fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'One row per evaluation of a scope with its whole set of findings. Current is the greatest (touched_offset, epoch, evaluated_at) of a scope, epochs are the history';
