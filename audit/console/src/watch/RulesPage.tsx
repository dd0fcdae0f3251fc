import { useQueries, useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Link } from 'react-router';
import { answered, client } from '../api/client';
import { rulesQuery, type Rule } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { SeverityTag } from '../finding/SeverityTag';
import { count, fen } from '../format';
import { usePreferences } from '../preferences';
import { readers } from '../roles';
import { FilterSearch } from '../shell/FilterSearch';
import { FilterSelect } from '../shell/FilterSelect';
import { column, moneyColumn, number } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { useTexts } from '../text';
import { sumsQuery } from './read';
import { share, tallyBy } from './tally';
import { useWatch } from './texts';

interface Row extends Omit<Rule, 'stays'> {
  findings: number;
  amount: string;
  confirmed: number;
  decided: number;
  missed: number;
  stays: number;
}

// Findings by rule, of each of these states: what officers thought of them.
const judgedStates = ['rejected', 'appealed', 'upheld', 'released', 'overturned'] as const;
const confirmedStates: readonly string[] = ['rejected', 'appealed', 'upheld'];

// RulesPage is the library: what each rule finds, what it could not evaluate, and how
// often officers confirmed it.
export function RulesPage() {
  const { rules: texts } = useWatch();
  const { severities } = useTexts();
  const { language } = usePreferences();
  const [{ q, severity, state }, set] = useFilters('q', 'severity', 'state');
  const reads = has(useIdentity(), ...readers);
  const rules = useQuery(rulesQuery);
  const sums = useQuery({ ...sumsQuery({}), enabled: reads }).data;
  const counts = (state?: (typeof judgedStates)[number]) => ({
    queryKey: ['counts', state ? { state } : {}],
    queryFn: ({ signal }: { signal: AbortSignal }) => answered(client.GET('/v1/findings/counts', { params: { query: state ? { state } : {} }, signal })),
    enabled: reads,
  });
  const [all, ...judged] = useQueries({ queries: [counts(), ...judgedStates.map((state) => counts(state))] }).map((q) => q.data);
  const tallies = tallyBy(sums ?? [], (sum) => sum.rule);
  const word = q?.trim().toLowerCase() ?? '';
  const rowOf = (rule: Rule): Row => {
    const found = all?.rules.find((r) => r.name === rule.code);
    const of = (names: readonly string[]) =>
      judgedStates.reduce((n, s, i) => n + (names.includes(s) ? (judged[i]?.rules.find((r) => r.name === rule.code)?.findings ?? 0) : 0), 0);
    const tally = tallies.get(rule.code);
    return {
      ...rule,
      findings: found?.findings ?? 0,
      amount: found?.amount ?? '0.00',
      confirmed: of(confirmedStates),
      decided: of(judgedStates),
      missed: tally?.not_evaluated ?? 0,
      stays: tally?.stays ?? 0,
    };
  };
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <FilterSearch label={texts.search} value={q} onSearch={(text) => set({ q: text })} />
          <FilterSelect label={texts.columns.severity} value={severity} onChange={(chosen) => set({ severity: chosen })} options={Object.entries(severities).map(([value, label]) => ({ value, label }))} />
          <FilterSelect label={texts.columns.state} value={state} onChange={(chosen) => set({ state: chosen })} options={Object.entries(texts.states).map(([value, label]) => ({ value, label }))} />
        </>
      }
    >
      <Loaded query={rules}>
        {(library) => {
          const rows = [...library.values()]
            .filter((r) => !word || `${r.code} ${r.name.zh} ${r.name.en}`.toLowerCase().includes(word))
            .filter((r) => (!severity || r.severity === severity) && (!state || r.state === state))
            .map(rowOf);
          return (
            <Table<Row>
              aria-label={texts.title}
              size="small"
              pagination={false}
              sticky
              dataSource={rows}
              rowKey={(r) => r.code}
              locale={{ emptyText: texts.none }}
              footer={() => texts.total(count(rows.length))}
              columns={[
                column(texts.columns.code, (r) => <Link className="code" to={`/rules/${r.code}`}>{r.code}</Link>, { sorter: (a, b) => a.code.localeCompare(b.code) }),
                column(texts.columns.name, (r) => <Link to={`/rules/${r.code}`}>{r.name[language]}</Link>),
                column(texts.columns.severity, (r) => <SeverityTag severity={r.severity} />),
                column(texts.columns.state, (r) => <Tag color={r.state === 'stable' ? 'green' : r.state === 'trial' ? 'gold' : 'default'}>{texts.states[r.state]}</Tag>),
                column(texts.columns.findings, (r) => (reads && r.findings ? <Link to={`/findings?rule=${r.code}`}>{count(r.findings)}</Link> : count(r.findings)), {
                  ...number,
                  sorter: (a, b) => a.findings - b.findings,
                  sortDirections: ['descend', 'ascend'],
                }),
                { ...moneyColumn<Row>(texts.columns.amount, (r) => r.amount), sorter: (a, b) => Number(fen(a.amount) - fen(b.amount)), sortDirections: ['descend', 'ascend'] },
                column(texts.columns.confirmed, (r) => (r.decided ? texts.ratio(share(r.confirmed, r.decided), count(r.decided)) : ''), {
                  ...number,
                  sorter: (a, b) => a.confirmed / (a.decided || Infinity) - b.confirmed / (b.decided || Infinity),
                  sortDirections: ['descend', 'ascend'],
                }),
                column(texts.columns.missed, (r) => (r.missed ? <Link to={`/coverage?rule=${r.code}`}>{texts.ratio(share(r.missed, r.stays), count(r.missed))}</Link> : ''), {
                  ...number,
                  sorter: (a, b) => a.missed - b.missed,
                  sortDirections: ['descend', 'ascend'],
                }),
                column(texts.columns.cases, (r) => count(r.cases), number),
              ]}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
