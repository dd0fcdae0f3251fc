import { board, choice, consoleAddress, source } from './board.js';
import { bars, named, now, prometheus, range, row, rows, series, stat, table, yuan } from './panel.js';

const stood = (states: string, by = 'rule') => `sum by (${by}) (max by (rule, state) (claimwatch_rule_findings{rule=~"$rule", state=~"${states}"}))`;
const cost = (states: string, by = 'rule') => `sum by (${by}) (max by (rule, state) (claimwatch_rule_findings_yuan{rule=~"$rule", state=~"${states}"}))`;
const said = (by: string, which = '') => `sum by (${by}) (max by (rule, result) (claimwatch_coverage_stays{rule=~"$rule"${which}}))`;
const decisions = (by: string, outcome: string) => `sum by (${by}) (max by (rule, outcome) (claimwatch_rule_decisions_total{rule=~"$rule", outcome=~"${outcome}"}))`;
const counted = (name: string, by = 'rule') => `sum by (${by}) (rate(${name}{rule=~"$rule"}[$__rate_interval]))`;
const confirmed = 'rejected|appealed|upheld';
const decided = 'rejected|appealed|upheld|released|overturned';
const link = [{ title: '控制台 · console', url: '${console}/findings?rule=${__field.labels.rule}' }];

export const quality = board({
  uid: 'claimwatch-rules',
  title: '规则质量 · quality of the rules',
  description: 'Which rules find what, which are confirmed when people look, which cannot tell, and which fail to run.',
  from: 'now-7d',
  refresh: '1m',
  variables: [source('prometheus'), consoleAddress, choice('rule', '规则 · rule', 'label_values(claimwatch_rule_findings, rule)', prometheus)],
  panels: [
    row('总览 · at a glance'),
    stat({ title: '规则 · rules', description: 'Rules of the library in use.' }, now('count(count by (rule) (claimwatch_coverage_stays{rule=~"$rule"}))')),
    stat({ title: '无命中 · never hit', description: 'Rules that hit no stay that is stored: they watch something that does not happen, or do not see it.' },
      now(`count(${said('rule', ', result="hit"')} == 0) or vector(0)`)),
    stat({ title: '看不见 · blind', yellow: 1, red: 5, description: 'Rules that could tell of less than a tenth of the stays that they speak of.' },
      now(`count(${said('rule', ', result!="not_evaluated"')} / (${said('rule')} > 0) < 0.1) or vector(0)`)),
    stat({ title: '运行失败 · failures', yellow: 1, red: 1, description: 'Times that a rule failed to run within an hour. It is "not evaluated" for the stays concerned.' },
      now('sum(increase(claimwatch_rule_errors_total{rule=~"$rule"}[1h]))')),
    stat({ title: '确认率 · confirmed', unit: 'percentunit', decimals: 1, low: true, red: 0.5, yellow: 0.7, description: 'Of the findings that were decided, the share that was rejected and stands.' },
      now(`${stood(confirmed, '')} / (${stood(decided, '')} > 0)`)),
    stat({ title: '申诉推翻 · overturned', unit: 'percentunit', decimals: 1, yellow: 0.2, red: 0.5, description: 'Of the appeals that were decided, the share that the institution won.' },
      now(`(${decisions('', 'overturned')} / (${decisions('', 'upheld|overturned')} > 0)) or vector(0)`)),
    stat({ title: '已决定 · decided', description: 'Findings with a decision.' }, now(stood(decided, ''))),
    stat({ title: '已拒付 · rejected', unit: yuan, description: 'What stands rejected now, each yuan once.' }, now('sum(max by (rule) (claimwatch_rule_rejected_yuan{rule=~"$rule"}))')),

    row('逐条规则 · rule by rule'),
    table({
      title: '规则 · rules', width: 24, height: 16, sortBy: 'Value #B', description: 'Confirmed is of those decided; watched is the share of its stays that a rule could tell of. A rule leads to its findings in the console.',
      columns: {
        rule: { name: '规则 · rule', width: 110, url: '${console}/findings?rule=${__value.text}' },
        'Value #A': { name: '待处理 · to act on' }, 'Value #B': { name: '涉及 · at issue', unit: yuan }, 'Value #C': { name: '已拒付 · rejected', unit: yuan },
        'Value #D': { name: '已决定 · decided' }, 'Value #E': { name: '确认率 · confirmed', unit: 'percentunit', low: true, red: 0.3, yellow: 0.6 },
        'Value #F': { name: '命中就诊 · stays hit' }, 'Value #G': { name: '通过 · passed' },
        'Value #H': { name: '已评估 · watched', unit: 'percentunit', low: true, red: 0.5, yellow: 0.8 },
      },
    }, rows(
      stood('open|notified|explained|lapsed'), cost('open|notified|explained|lapsed'), 'max by (rule) (claimwatch_rule_rejected_yuan{rule=~"$rule"})',
      stood(decided), `${stood(confirmed)} / (${stood(decided)} > 0)`, said('rule', ', result="hit"'), said('rule', ', result="pass"'),
      `${said('rule', ', result!="not_evaluated"')} / (${said('rule')} > 0)`,
    )),

    row('少确认，少看见 · rarely confirmed, rarely seen'),
    bars({ title: '确认率最低 · least confirmed', unit: 'percentunit', low: true, red: 0.3, yellow: 0.6, max: 1, fieldLinks: link, description: 'Ten rules of which people confirm the least. Look at their cases before more hospitals are asked.' },
      named({ '{{rule}}': `bottomk(10, ${stood(confirmed)} / (${stood(decided)} > 0))` })),
    bars({ title: '评估最少 · least watched', unit: 'percentunit', low: true, red: 0.5, yellow: 0.8, max: 1, fieldLinks: link, description: 'Ten rules that could tell of the smallest share of their stays. GET /v1/coverage has the reasons.' },
      named({ '{{rule}}': `bottomk(10, ${said('rule', ', result!="not_evaluated"')} / (${said('rule')} > 0))` })),
    bars({ title: '命中最多 · most hits', fieldLinks: link, description: 'Ten rules by the stays that they hit now.' }, named({ '{{rule}}': `topk(10, ${said('rule', ', result="hit"')} > 0)` })),

    row('变化 · over time'),
    series({ title: '命中 · hits', unit: 'ops', description: 'Stays hit in written evaluations. A scope that is evaluated again counts again: a step after a publication is its backlog.' },
      range({ '{{rule}}': `topk(10, ${counted('claimwatch_rule_hits_total')})` })),
    series({ title: '未评估 · not evaluated', unit: 'ops', description: 'Stays of which a rule could not tell, in written evaluations.' },
      range({ '{{rule}}': `topk(10, ${counted('claimwatch_not_evaluated_total')})` })),
    series({ title: '三种答案 · the three answers', unit: 'ops', stacked: true, description: 'Hit, passed and not evaluated, in written evaluations.' },
      range({
        '命中 · hit': counted('claimwatch_rule_hits_total', ''), '通过 · pass': counted('claimwatch_rule_passes_total', ''), '未评估 · not evaluated': counted('claimwatch_not_evaluated_total', ''),
      })),
    series({ title: '确认率 · confirmed', unit: 'percentunit', max: 1, width: 12, description: 'As recorded by the rules of deploy/prometheus; rules without a decision have none.' },
      range({ '{{rule}}': 'rule:claimwatch_confirmed:ratio{rule=~"$rule"}' })),
    series({ title: '决定 · decisions', width: 12, stacked: true, description: 'Decisions ever made, by what they led to.' },
      range({ '{{outcome}}': decisions('outcome', '.*') })),
  ],
});
