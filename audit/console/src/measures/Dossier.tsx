import { Table } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { count, day, minute } from '../format';
import { usePreferences } from '../preferences';
import { column, moneyColumn } from '../shell/Listing';
import { Money } from '../shell/Money';
import { Facts, Section } from '../shell/Page';
import { useTexts } from '../text';
import { useMeasures, useWords } from './texts';
import { valueWord } from './words';

type Argument = Schemas['Argument'];

// Points are what speaks for a measure, or against it.
export function Points({ points, against = false }: { points: Argument[]; against?: boolean }) {
  const { language } = usePreferences();
  const { units } = useTexts();
  return (
    <ul className={against ? 'points against' : 'points'}>
      {points.map((point, i) => (
        <li key={i}>
          {point.line && <span className="code weak">{point.line}</span>} {language === 'zh' ? point.says_zh : point.says}{' '}
          <span className="weak figures">
            {point.count > 0 && count(point.count)}
            {point.amount !== '0.00' && (
              <>
                {' · '}
                <Money amount={point.amount} /> {units.yuan}
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

// Dossier is a case as it was when it was recommended: what speaks for the measure, what
// against it, and the findings it rests on.
export function Dossier({ dossier }: { dossier: Schemas['Dossier'] }) {
  const { dossier: say } = useMeasures();
  const { queue } = useTexts();
  const words = useWords();
  const { recommendation: r, facts } = dossier;
  return (
    <>
      <Facts
        facts={[
          [say.institution, dossier.name],
          [say.made, minute(dossier.made_at)],
          [say.period, `${facts.from} – ${facts.until}`],
          [say.grounds, (r.grounds ?? []).map((g) => valueWord(words, g)).join(' ')],
          [say.amount, <Money key="a" amount={r.amount} />],
          [say.charged, <Money key="c" amount={facts.charged} />],
          [say.coverage, say.notEvaluated(count(facts.not_evaluated), count(facts.stays))],
        ]}
      />
      <Section title={say.for}>
        <Points points={r.for ?? []} />
      </Section>
      <Section title={say.against}>
        {(r.against ?? []).length > 0 ? <Points points={r.against!} against /> : <p className="weak">{say.nothingAgainst}</p>}
      </Section>
      <Section title={say.findings}>
        <Table<Schemas['Finding']>
          size="small"
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          dataSource={(facts.findings ?? []).filter((f) => (r.findings ?? []).includes(f.finding_id))}
          rowKey={(f) => f.finding_id}
          columns={[
            column(queue.rule, (f) => (
              <Link to={`/findings/${f.finding_id}`} className="code">
                {f.rule}
              </Link>
            )),
            column(say.decided, (f) => <span className="figures">{day(f.decided_at)}</span>),
            moneyColumn(queue.columns.amount, (f) => f.amount),
          ]}
        />
      </Section>
    </>
  );
}
