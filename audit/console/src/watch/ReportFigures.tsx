import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { count, fen, grouped, money } from '../format';
import { Facts, Section } from '../shell/Page';
import { useTexts, wordOf } from '../text';
import { written } from './measures';
import { share } from './tally';
import { useWatch } from './texts';

type Report = Schemas['Report'];

// compared is a figure with how far it is from the month before.
function Compared({ change }: { change: Report['changes'][number] }) {
  const isMoney = change.now.includes('.');
  const difference = fen(change.now) - fen(change.before);
  const shown = (text: string) => (isMoney ? money(text) : grouped(text));
  return (
    <>
      {shown(change.now)}{' '}
      <span className={difference === 0n ? 'weak' : 'near'}>
        {difference > 0n ? '▲' : difference < 0n ? '▼' : '='} {shown(change.before)}
      </span>
    </>
  );
}

// ReportFigures are the figures of the month: watched, covered, found, decided, recovered, late.
export function ReportFigures({ report }: { report: Report }) {
  const { report: texts } = useWatch();
  const { units, severities } = useTexts();
  const { watched, coverage, found, decided, recovered, late } = report;
  const pairs = coverage.hit + coverage.pass + coverage.not_evaluated;
  const overdue = (list: Report['late']['hospitals']) => (list.length === 0 ? units.none : list.map((o) => `${wordOf(texts.kinds, o.kind)} ${count(o.count)}`).join(units.and));
  return (
    <>
      <Section title={texts.changes}>
        <Facts facts={report.changes.map((change) => [wordOf(texts.names, change.name), <Compared key={change.name} change={change} />])} />
      </Section>
      <div className="halves even">
        <Section title={texts.watched}>
          <Facts
            facts={[
              [texts.institutions, count(watched.institutions)],
              [texts.withAgreement, count(watched.with_agreement)],
              [texts.reporting, count(watched.reporting)],
              [texts.lateRecords, `${count(watched.late_records)} / ${count(watched.timed)}`],
              [texts.silent, watched.silent.length === 0 ? units.none : watched.silent.map((s) => <Link key={s.institution_id} to={`/institutions/${s.institution_id}?tab=uploads`}>{s.name} </Link>)],
            ]}
          />
        </Section>
        <Section title={texts.coverage}>
          <Facts
            facts={[
              [texts.rules, count(coverage.rules)],
              [texts.evaluated, share(coverage.hit + coverage.pass, pairs)],
              [texts.missed, <Link key="m" to="/coverage">{count(coverage.not_evaluated)}</Link>],
            ]}
          />
        </Section>
        <Section title={texts.found}>
          <Facts facts={found.severities.map((s) => [wordOf(severities, s.severity), `${count(s.findings)} / ${money(s.at_issue)}`])} />
        </Section>
        <Section title={texts.decided}>
          <Facts
            facts={[
              [texts.confirmed, count(decided.confirmed)],
              [texts.dismissed, count(decided.dismissed)],
              [texts.explained, count(decided.explained)],
              [texts.overturned, count(decided.overturned)],
              [texts.median, typeof decided.median_days === 'number' ? texts.days(written(decided.median_days, 'days')) : units.none],
            ]}
          />
        </Section>
        <Section title={texts.recovered}>
          <Facts
            facts={[
              [texts.rejected, money(recovered.rejected)],
              [texts.deducted, money(recovered.deducted)],
              [texts.adjustments, money(recovered.adjustments)],
              [texts.approved, money(recovered.approved)],
              [texts.settled, count(recovered.settled)],
            ]}
          />
        </Section>
        <Section title={texts.late}>
          <Facts
            facts={[
              [texts.hospitals, overdue(late.hospitals)],
              [texts.agency, overdue(late.agency)],
            ]}
          />
        </Section>
      </div>
    </>
  );
}
