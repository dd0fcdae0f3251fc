import { useQuery } from '@tanstack/react-query';
import { Alert, Table, Tabs } from 'antd';
import { Suspense } from 'react';
import { Link } from 'react-router';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { useCodes } from '../registers/texts';
import { count, minute } from '../format';
import { usePreferences } from '../preferences';
import { column, moneyColumn, number } from '../shell/Listing';
import { Section } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { wordOf } from '../text';
import { ComparisonChart } from './ComparisonChart';
import type { Backtest } from './read';
import { useWatch } from './texts';

type Result = NonNullable<Backtest['result']>;
type Count = Result['both'];
type Example = Count['examples'][number];

// BacktestResult compares what stands with what was asked for.
export function BacktestResult({ result, asked }: { result: Result; asked: Record<string, string> | undefined }) {
  const { backtests: texts } = useWatch();
  const { reasons } = useCodes();
  const { language } = usePreferences();
  const library = useQuery(rulesQuery).data;
  const counts: [string, Count][] = [
    [texts.both, result.both],
    [texts.changed, result.changed],
    [texts.onlyBefore, result.only_before],
    [texts.onlyNow, result.only_now],
  ];
  const same = result.only_before.findings + result.only_now.findings + result.changed.findings === 0;
  return (
    <>
      {same && <Alert className="notice-line" type="info" showIcon title={asked ? texts.noDifference : texts.nothingAsked} />}
      <Section title={texts.comparison}>
        <Table<[string, Count]>
          aria-label={texts.comparison}
          className="narrow-table"
          size="small"
          pagination={false}
          dataSource={counts}
          rowKey={([name]) => name}
          columns={[
            column('', ([name]) => name),
            column(texts.columns.findings, ([, c]) => count(c.findings), number),
            column(texts.columns.persons, ([, c]) => count(c.persons), number),
            column(texts.columns.institutions, ([, c]) => count(c.institutions), number),
            moneyColumn(texts.columns.before, ([, c]) => c.amount_before),
            moneyColumn(texts.columns.now, ([, c]) => c.amount_now),
          ]}
        />
      </Section>
      {result.by_month && result.by_month.length > 0 && (
        <Section title={texts.byMonth}>
          <Suspense fallback={<Waiting rows={6} />}>
            <ComparisonChart months={result.by_month} />
          </Suspense>
        </Section>
      )}
      <Tabs
        items={[
          { key: 'now', label: `${texts.onlyNow} ${count(result.only_now.findings)}`, children: <Examples count={result.only_now} label={texts.onlyNow} linked={false} /> },
          { key: 'before', label: `${texts.onlyBefore} ${count(result.only_before.findings)}`, children: <Examples count={result.only_before} label={texts.onlyBefore} linked /> },
          { key: 'changed', label: `${texts.changed} ${count(result.changed.findings)}`, children: <Examples count={result.changed} label={texts.changed} linked /> },
          {
            key: 'rules',
            label: texts.byRule,
            children: (
              <Table<Result['by_rule'][number]>
                aria-label={texts.byRule}
                size="small"
                pagination={false}
                dataSource={result.by_rule.filter((r) => r.both + r.only_before + r.only_now > 0)}
                rowKey={(r) => r.rule}
                locale={{ emptyText: texts.noFindings }}
                columns={[
                  column(texts.columns.rule, (r) => <Link to={`/rules/${r.rule}`}>{`${r.rule} ${library?.get(r.rule)?.name[language] ?? ''}`}</Link>),
                  column(texts.both, (r) => count(r.both), number),
                  column(texts.onlyBefore, (r) => count(r.only_before), number),
                  column(texts.onlyNow, (r) => count(r.only_now), number),
                  moneyColumn(texts.columns.before, (r) => r.amount_before),
                  moneyColumn(texts.columns.now, (r) => r.amount_now),
                ]}
              />
            ),
          },
          {
            key: 'missed',
            label: `${texts.missed} ${count(result.not_evaluated.reduce((n, m) => n + m.stays, 0))}`,
            children: (
              <Table<Result['not_evaluated'][number]>
                aria-label={texts.missed}
                size="small"
                pagination={false}
                dataSource={result.not_evaluated}
                rowKey={(m) => `${m.rule}|${m.reason}`}
                locale={{ emptyText: texts.noneMissed }}
                columns={[
                  column(texts.columns.rule, (m) => `${m.rule} ${library?.get(m.rule)?.name[language] ?? ''}`),
                  column(texts.columns.reason, (m) => wordOf(reasons, m.reason)),
                  column(texts.columns.stays, (m) => count(m.stays), number),
                ]}
              />
            ),
          },
        ]}
      />
    </>
  );
}

// Examples are findings of a count. One that only this backtest found stands nowhere, so
// its row leads to the stay.
function Examples({ count: all, label, linked }: { count: Count; label: string; linked: boolean }) {
  const { backtests: texts } = useWatch();
  const nameOf = useInstitutionName();
  const path = (e: Example) => (linked ? `/findings/${e.finding_id}` : e.stay_id ? `/stays/${e.institution_id}/${e.stay_id}` : undefined);
  return (
    <>
      {all.findings > all.examples.length && <p className="weak">{texts.some(count(all.examples.length), count(all.findings))}</p>}
      <Table<Example>
        aria-label={label}
        size="small"
        pagination={all.examples.length > 20 ? { pageSize: 20, size: 'small' } : false}
        dataSource={all.examples}
        rowKey={(e) => e.finding_id}
        locale={{ emptyText: texts.noFindings }}
        columns={[
          column(texts.columns.finding, (e) => {
            const to = path(e);
            const name = e.stay_id ?? e.person_id ?? e.finding_id.slice(0, 10);
            return to ? <Link to={to}>{name}</Link> : name;
          }),
          column(texts.columns.rule, (e) => <span className="code">{e.rule}</span>),
          column(texts.columns.institution, (e) => nameOf(e.institution_id)),
          column(texts.columns.person, (e) => e.person_id),
          column(texts.columns.from, (e) => <span className="figures">{e.from && minute(e.from)}</span>),
          moneyColumn(texts.columns.before, (e) => e.amount_before),
          moneyColumn(texts.columns.now, (e) => e.amount_now),
        ]}
      />
    </>
  );
}
