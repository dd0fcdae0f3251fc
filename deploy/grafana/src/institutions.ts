import { board, choice, consoleAddress, source } from './board.js';
import { bars, clickhouse, row, series, sql, stat, table, yuan } from './panel.js';

// The views are those of docs/schema.md that begin with board_: they name no person and no stay.
const chosen = 'city IN (${city:singlequote}) AND institution_id IN (${institution:singlequote})';
const pending = "state IN ('open', 'notified', 'explained', 'lapsed')";
const page = (query: string) => '${console}/findings?' + query;

export const institutions = board({
  uid: 'claimwatch-institutions',
  title: '机构与规则 · institutions and rules',
  description: 'By institution, which the metrics of Prometheus never name. Asks ClickHouse through the views board_*.',
  from: 'now-90d',
  refresh: '5m',
  variables: [
    source('grafana-clickhouse-datasource'), consoleAddress,
    choice('city', '统筹区 · city', 'SELECT DISTINCT city FROM board_institutions ORDER BY city', clickhouse),
    choice('institution', '机构 · institution', 'SELECT institution_id FROM board_institutions WHERE city IN (${city:singlequote}) ORDER BY institution_id', clickhouse),
  ],
  panels: [
    row('总览 · at a glance'),
    stat({ title: '机构 · institutions', width: 4, description: 'Under agreement today.' }, sql('table', `SELECT count() AS institutions FROM board_institutions WHERE agreed AND ${chosen}`)),
    stat({ title: '静默 · silent', width: 4, yellow: 1, red: 5, description: 'Under agreement, and not heard of for more than a day or never.' },
      sql('table', `SELECT countIf(heard_at IS NULL OR heard_at < now() - INTERVAL 1 DAY) AS silent FROM board_institutions WHERE agreed AND ${chosen}`)),
    stat({ title: '待处理 · to act on', width: 4, description: 'Findings that nobody has decided.' }, sql('table', `SELECT count() AS findings FROM board_findings WHERE ${pending} AND ${chosen}`)),
    stat({ title: '涉及金额 · at issue', width: 4, unit: yuan, description: 'Gross: one yuan may be at issue in several findings.' }, sql('table', `SELECT sum(fen) / 100 AS yuan FROM board_findings WHERE ${pending} AND ${chosen}`)),
    stat({ title: '已拒付 · rejected', width: 4, unit: yuan, description: 'Over all lists.' }, sql('table', `SELECT sum(fen) / 100 AS yuan FROM board_rejected WHERE ${chosen}`)),
    stat({ title: '已结算 · approved', width: 4, unit: yuan, description: 'Over all closed months.' }, sql('table', `SELECT sum(approved) / 100 AS yuan FROM board_settlements WHERE ${chosen}`)),

    row('逐家机构 · institution by institution'),
    table({
      title: '机构 · institutions', width: 24, height: 12, description: 'An institution leads to its findings in the console.',
      columns: {
        institution_id: { width: 110, url: page('institution_id=${__value.text}') }, at_issue: { unit: yuan }, rejected: { unit: yuan },
        last_heard: { unit: 'dateTimeFromNow' }, findings: {}, undecided: {},
      },
    }, sql('table', `SELECT i.institution_id AS institution_id, i.name AS name, i.city AS city, i.level AS level, i.heard_at AS last_heard,
  f.findings AS findings, f.undecided AS undecided, f.at_issue AS at_issue, r.rejected AS rejected
FROM board_institutions AS i
LEFT JOIN (SELECT institution_id, count() AS findings, countIf(${pending}) AS undecided, sumIf(fen, ${pending}) / 100 AS at_issue FROM board_findings GROUP BY institution_id) AS f ON f.institution_id = i.institution_id
LEFT JOIN (SELECT institution_id, sum(fen) / 100 AS rejected FROM board_rejected GROUP BY institution_id) AS r ON r.institution_id = i.institution_id
WHERE i.city IN (\${city:singlequote}) AND i.institution_id IN (\${institution:singlequote})
ORDER BY at_issue DESC`)),
    bars({ title: '涉及金额最多 · most at issue', unit: yuan, height: 10, description: 'Ten institutions.' },
      sql('table', `SELECT name, sum(fen) / 100 AS yuan FROM board_findings WHERE ${pending} AND ${chosen} GROUP BY institution_id, name ORDER BY yuan DESC LIMIT 10`)),
    bars({ title: '拒付最多 · most rejected', unit: yuan, height: 10, description: 'Ten institutions, over the rejected-fee lists.' },
      sql('table', `SELECT name, sum(fen) / 100 AS yuan FROM board_rejected WHERE ${chosen} GROUP BY institution_id, name ORDER BY yuan DESC LIMIT 10`)),
    table({
      title: '最久没有上传 · longest silent', width: 8, height: 10, description: 'Under agreement.',
      columns: { institution_id: { width: 110 }, last_heard: { unit: 'dateTimeFromNow' } },
    }, sql('table', `SELECT institution_id, name, city, heard_at AS last_heard FROM board_institutions WHERE agreed AND ${chosen} ORDER BY heard_at ASC NULLS FIRST LIMIT 20`)),

    row('机构与规则 · institution by rule'),
    table({
      title: '命中 · what is found where', width: 12, height: 12, description: 'Institution and rule by the amounts that nobody has decided.',
      columns: { institution_id: { width: 110 }, rule: { width: 110, url: page('rule=${__value.text}') }, at_issue: { unit: yuan }, findings: {} },
    }, sql('table', `SELECT institution_id, name, rule, count() AS findings, sum(fen) / 100 AS at_issue FROM board_findings WHERE ${pending} AND ${chosen} GROUP BY institution_id, name, rule ORDER BY at_issue DESC, findings DESC LIMIT 100`)),
    table({
      title: '看不见什么 · what cannot be told', width: 12, height: 12, description: 'Why a rule could not tell of stays: what the institution would have to send or the agency to load.',
      columns: { institution_id: { width: 110 }, rule: { width: 110 }, reason: {}, stays: {} },
    }, sql('table', `SELECT institution_id, name, rule, reason, stays FROM board_not_evaluated WHERE ${chosen} ORDER BY stays DESC LIMIT 100`)),

    row('变化 · over time'),
    series({ title: '新疑点 · findings opened', width: 12, stacked: true, description: 'Findings that stand, by the day on which they were opened.' },
      sql('timeSeries', `SELECT toStartOfDay(opened_at) AS time, severity, count() AS findings FROM board_findings WHERE $__timeFilter(opened_at) AND ${chosen} GROUP BY time, severity ORDER BY time`)),
    series({ title: '每月拒付 · rejected by month', unit: yuan, width: 12, description: 'By the month of the list.' },
      sql('timeSeries', `SELECT toDateTime(concat(month, '-01 00:00:00'), 'Asia/Shanghai') AS time, city, sum(fen) / 100 AS rejected FROM board_rejected WHERE ${chosen} GROUP BY time, city ORDER BY time`)),
    table({
      title: '月度结算 · settlements', width: 24, description: 'Closed months.',
      columns: { claimed: { unit: yuan }, rejected: { unit: yuan }, not_payable: { unit: yuan }, on_hold: { unit: yuan }, approved: { unit: yuan } },
    }, sql('table', `SELECT month, institution_id, name, s.claimed / 100 AS claimed, s.rejected / 100 AS rejected, s.not_payable / 100 AS not_payable, s.on_hold / 100 AS on_hold, s.approved / 100 AS approved FROM board_settlements AS s WHERE ${chosen} ORDER BY month DESC, institution_id`)),
  ],
});
