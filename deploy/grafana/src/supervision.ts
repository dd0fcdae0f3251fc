import { board, choice, consoleAddress, source } from './board.js';
import { bars, named, now, prometheus, range, row, rows, series, stat, table, yuan } from './panel.js';

// Every process tells the same figures: the greatest over instances, never a sum.
const findings = (states: string, by = 'city') => `sum by (${by}) (max by (city, severity, state) (claimwatch_findings{city=~"$city", severity=~"$severity", state=~"${states}"}))`;
const money = (states: string, by = 'city') => `sum by (${by}) (max by (city, severity, state) (claimwatch_findings_yuan{city=~"$city", severity=~"$severity", state=~"${states}"}))`;
const pending = 'open|notified|explained|lapsed';
const covered = (by: string, which: string) => `sum by (${by}) (max by (city, result) (claimwatch_coverage_city_stays{city=~"$city"${which}}))`;
const due = (by: string, which: string) => `sum by (${by}) (max by (city, kind, due) (claimwatch_deadlines{city=~"$city", ${which}}))`;
const institutions = (by: string, which: string) => `sum by (${by}) (max by (city, heard) (claimwatch_institutions{city=~"$city"${which}}))`;
const silent = ', heard=~"3d|7d|longer|never"';
const queue = (query: string) => '${console}/findings?' + query;

export const supervision = board({
  uid: 'claimwatch-supervision',
  title: '基金监管 · supervision of the fund',
  description: 'In ten seconds: is the province watched, where does money leak, who is late. Figures of findings are counted every 15 s at the most, from facts and journal.',
  from: 'now-7d',
  refresh: '1m',
  variables: [
    source('prometheus'), consoleAddress,
    choice('city', '统筹区 · city', 'label_values(claimwatch_findings, city)', prometheus),
    choice('severity', '严重程度 · severity', 'label_values(claimwatch_findings, severity)', prometheus),
  ],
  panels: [
    row('十秒总览 · in ten seconds'),
    stat({ title: '已评估 · watched', unit: 'percentunit', decimals: 1, low: true, red: 0.5, yellow: 0.8, description: 'Of all that rules should say about stays, the share that could be said: hit or pass. The rest is not evaluated, and is not clean.' },
      now(`${covered('', ', result!="not_evaluated"')} / (${covered('', '')} > 0)`)),
    stat({ title: '静默机构 · silent', yellow: 1, red: 5, description: 'Institutions under agreement that were not heard of for more than a day, or never.', fieldLinks: [{ title: 'DAT-003', url: queue('rule=DAT-003') }] },
      now(institutions('', silent))),
    stat({ title: '最近上传 · last upload', unit: 's', decimals: 0, yellow: 1800, red: 7200, description: 'How long ago the province was last heard of.' },
      now('time() - max(claimwatch_newest_upload_timestamp_seconds{city=~"$city"})')),
    stat({ title: '涉及金额 · at issue', unit: yuan, description: 'Gross amount of findings that nobody has decided: one yuan may be at issue in several.', fieldLinks: [{ title: 'queue', url: queue('sort=amount') }] },
      now(money(pending, ''))),
    stat({ title: '已拒付 · rejected', unit: yuan, description: 'What stands rejected now, each yuan once.', fieldLinks: [{ title: 'queue', url: queue('state=rejected') }] },
      now('sum(max by (city) (claimwatch_rejected_yuan{city=~"$city"}))')),
    stat({ title: '待处理 · to act on', description: 'Findings that nobody has decided: open, told, explained, lapsed.', fieldLinks: [{ title: 'queue', url: queue('state=open') }] }, now(findings(pending, ''))),
    stat({ title: '逾期未决 · undecided', yellow: 1, red: 20, description: 'The term of the institution is over and nobody has decided (Art. 32): silence permits refusal, it does not cause it.', fieldLinks: [{ title: 'queue', url: queue('state=lapsed') }] },
      now(due('', 'kind="statement", due="overdue"'))),
    stat({ title: '拨付逾期 · money late', yellow: 1, red: 1, description: 'Monthly settlements, payments and year ends past the day that the law names (Art. 33, 34).' },
      now(due('', 'kind=~"settlement|payment|year_end", due="overdue"'))),

    row('是否在管 · is the province watched'),
    table({
      title: '各统筹区 · by city', description: 'The city that is seen least stands where its share is smallest. Its institutions by name are on the board of institutions.',
      width: 12, sortBy: 'Value #B',
      columns: {
        city: { name: '统筹区 · city', width: 130 },
        'Value #A': { name: '已评估 · watched', unit: 'percentunit', low: true, red: 0.5, yellow: 0.8 },
        'Value #B': { name: '静默 · silent', yellow: 1, red: 3 },
        'Value #C': { name: '机构 · institutions' },
        'Value #D': { name: '最长静默 · longest silence', unit: 's', yellow: 86400, red: 259200 },
      },
    }, rows(
      `${covered('city', ', result!="not_evaluated"')} / (${covered('city', '')} > 0)`,
      institutions('city', silent),
      institutions('city', ''),
      'time() - max by (city) (claimwatch_longest_silence_timestamp_seconds{city=~"$city"})',
    )),
    bars({ title: '最近听到 · heard of within', width: 4, height: 9, description: 'Institutions under agreement by when a record of them was last received.' },
      named({
        '6 h': institutions('', ', heard="6h"'), '1 d': institutions('', ', heard="1d"'), '3 d': institutions('', ', heard="3d"'),
        '7 d': institutions('', ', heard="7d"'), '> 7 d': institutions('', ', heard="longer"'), '从未 · never': institutions('', ', heard="never"'),
      })),
    series({ title: '已评估比例 · share watched', unit: 'percentunit', height: 9, max: 1, description: 'By city, as recorded by the rules of deploy/prometheus.' },
      range({ '{{city}}': 'city:claimwatch_watched:ratio{city=~"$city"}' })),

    row('钱从哪里流失 · where money leaks'),
    bars({
      title: '规则 · rules, yuan at issue', unit: yuan, height: 10, width: 9, description: 'The ten rules with the greatest amounts that nobody has decided.',
      fieldLinks: [{ title: '控制台 · console', url: queue('rule=${__field.labels.rule}&sort=amount') }],
    }, named({ '{{rule}}': `topk(10, sum by (rule) (max by (rule, state) (claimwatch_rule_findings_yuan{state=~"${pending}"})) > 0)` })),
    table({
      title: '各统筹区金额 · money by city', width: 15, height: 10, sortBy: 'Value #A', description: 'At issue is gross, rejected counts each yuan once.',
      columns: {
        city: { name: '统筹区 · city', width: 130 },
        'Value #A': { name: '涉及 · at issue', unit: yuan }, 'Value #B': { name: '已拒付 · rejected', unit: yuan },
        'Value #C': { name: '已放行 · released', unit: yuan }, 'Value #D': { name: '待处理 · findings' },
      },
    }, rows(money(pending), 'max by (city) (claimwatch_rejected_yuan{city=~"$city"})', money('released|overturned'), findings(pending))),
    series({ title: '涉及与拒付 · at issue and rejected', unit: yuan, width: 12, description: 'At issue that only grows is found and not worked off.' },
      range({ '涉及 · at issue': 'sum(city:claimwatch_at_issue_yuan:max{city=~"$city"})', '已拒付 · rejected': 'sum(city:claimwatch_rejected_yuan:max{city=~"$city"})' })),
    series({ title: '各统筹区涉及金额 · at issue by city', unit: yuan, width: 12, stacked: true, description: 'Reminders are left out.' },
      range({ '{{city}}': 'city:claimwatch_at_issue_yuan:max{city=~"$city"}' })),

    row('谁在拖延 · who is late'),
    table({
      title: '到期 · what is due', width: 12, sortBy: 'Value #A', description: 'By kind, as GET /v1/deadlines: statements are the hospital\'s until their day, and the agency\'s afterwards.',
      columns: {
        city: { name: '统筹区 · city', width: 130 }, kind: { name: '事项 · kind' },
        'Value #A': { name: '逾期 · overdue', yellow: 1, red: 10 }, 'Value #B': { name: '今日 · today' }, 'Value #C': { name: '七日内 · week' },
      },
    }, rows(due('city, kind', 'due="overdue"'), due('city, kind', 'due="today"'), due('city, kind', 'due="week"'))),
    table({
      title: '决定用时 · time to decide', width: 12, sortBy: 'Value #B', description: 'From the opening of a finding to the first decision, over all that were decided; by the product\'s clock.',
      columns: {
        city: { name: '统筹区 · city', width: 130 },
        'Value #A': { name: '一半在 · half within', unit: 's' }, 'Value #B': { name: '九成在 · nine in ten within', unit: 's', yellow: 1209600, red: 2592000 }, 'Value #C': { name: '已决定 · decided' },
      },
    }, rows(
      'histogram_quantile(0.5, max by (city, le) (claimwatch_decision_seconds_bucket{city=~"$city"})) >= 0',
      'histogram_quantile(0.9, max by (city, le) (claimwatch_decision_seconds_bucket{city=~"$city"})) >= 0',
      'max by (city) (claimwatch_decision_seconds_count{city=~"$city"})',
    )),
    series({ title: '待处理的去向 · what waits for whom', stacked: true, width: 12, description: 'Open and explained and lapsed wait for the agency, told waits for the hospital.' },
      range({ '{{state}}': findings(pending, 'state') })),
    series({ title: '逾期事项 · overdue', stacked: true, width: 12, description: 'By city, all kinds.' }, range({ '{{city}}': 'city:claimwatch_overdue:max{city=~"$city"}' })),
  ],
});
