import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useInstitutionName } from '../api/reference';
import { minute } from '../format';
import { Failure } from '../shell/Failure';
import { Facts, Page, Section } from '../shell/Page';
import { Person } from '../shell/Person';
import { Waiting } from '../shell/Waiting';
import { wordOf } from '../text';
import { Draw } from './Draw';
import { DueDay } from './DueDay';
import { FieldValue } from './FieldValue';
import { MatterHistory } from './MatterHistory';
import { matterQuery, useRegister, type Matter, type Register } from './matters';
import { NextSteps } from './NextSteps';
import { SanctionPapers } from './SanctionPapers';
import { MatterState } from './StateTag';
import { useMeasures, useWords } from './texts';
import { kindOf, termOf } from './words';
import { HandoverPapers } from './Papers';

// MatterPage is one entry of a register: what it says, what happened, what comes next.
export function MatterPage({ of }: { of?: string }) {
  const { plural = of ?? '', id = '' } = useParams();
  const register = useRegister(plural);
  const query = useQuery(matterQuery(plural, id));
  if (query.data && register) return <Entry plural={plural} register={register} matter={query.data} />;
  return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Waiting rows={12} />;
}

const shownElsewhere = new Set(['dossier', 'dossier_sha256', 'inputs', 'draw', 'rows_before', 'sheet', 'draw_sha256']);

function Entry({ plural, register, matter }: { plural: string; register: Register; matter: Matter }) {
  const words = useWords();
  const { matter: say, sanctions } = useMeasures();
  const nameOf = useInstitutionName();
  const list = plural === 'sanctions' ? '/sanctions' : `/registers/${plural}`;
  const measure = matter.fields['measure'];
  const fields = register.fields.filter((f) => matter.fields[f.name] && !shownElsewhere.has(f.name));
  return (
    <Page
      title={
        <>
          {measure ? wordOf(words.words, measure) : kindOf(words, matter.kind)} {matter.number} <MatterState state={matter.state} kind={matter.kind} />
        </>
      }
      lead={<Link to={list}>{kindOf(words, register.kind)}</Link>}
      actions={
        <>
          {matter.kind === 'sanction' && <SanctionPapers matter={matter} />}
          {matter.kind === 'handover' && <HandoverPapers matter={matter} />}
        </>
      }
    >
      <Facts
        facts={[
          ...(matter.institution_id
            ? ([[say.institution, <Link key="i" to={`/agreements?institution=${matter.institution_id}`}>{nameOf(matter.institution_id)}</Link>]] as [string, React.ReactNode][])
            : []),
          ...(matter.person_id ? ([[say.person, matter.person_id]] as [string, React.ReactNode][]) : []),
          [say.opened, minute(matter.opened_at)],
          [say.openedBy, matter.opened_by === matter.institution_id ? nameOf(matter.opened_by) : <Person id={matter.opened_by} />],
          ...(matter.due
            ? ([
                [termOf(words, matter.due.what), <DueDay key="d" day={matter.due.due_on} overdue={matter.overdue} provisional={matter.due.due_provisional} />],
              ] as [string, React.ReactNode][])
            : []),
        ]}
      />
      <NextSteps plural={plural} register={register} matter={matter} />
      <div className="two-columns">
        <div>
          <Section title={say.says}>
            <dl className="sheet">
              {fields.map((field) => (
                <div key={field.name}>
                  <dt>{wordOf(words.facts, field.name)}</dt>
                  <dd>
                    <FieldValue field={field} value={matter.fields[field.name]!} />
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
          {matter.kind === 'inspection' && ['drawn', 'published'].includes(matter.state) && <Draw id={matter.id} />}
        </div>
        <Section title={matter.kind === 'sanction' ? sanctions.course : say.history}>
          <MatterHistory register={register} matter={matter} />
        </Section>
      </div>
    </Page>
  );
}
