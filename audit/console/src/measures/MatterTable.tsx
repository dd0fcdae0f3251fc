import { Link } from 'react-router';
import { useInstitutionName } from '../api/reference';
import { day } from '../format';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { useTexts } from '../text';
import { DueDay } from './DueDay';
import { FieldValue } from './FieldValue';
import { matterPath, readMatters, type Matter, type MatterFilters, type Register } from './matters';
import { MatterState, Waits } from './StateTag';
import { useMeasures, useWords } from './texts';
import { kindOf, termOf } from './words';

// The fields that tell entries of a register apart.
const telling: Record<string, string[]> = {
  sanction: ['measure', 'grounds', 'months', 'effective_from', 'planned_until'],
  application: ['kind', 'score', 'missing'],
  agreement_course: ['kind', 'agreement_id', 'term_from', 'term_until'],
  renewal: ['kind', 'agreement_id', 'term_until'],
  change: ['what', 'approved_on'],
  assessment: ['year', 'proposed_score', 'score', 'satisfaction'],
  inspection: ['seed_source', 'seed_on', 'institutions'],
  clue: ['source', 'about', 'method', 'grounds'],
  document_request: ['what'],
  rectification: ['what', 'sanction_id'],
  dispute: ['about', 'route', 'outcome'],
  handover: ['to', 'authority', 'sent_on'],
  dishonesty: ['basis', 'from', 'until'],
  referral_request: ['to_institution_id', 'stay_id', 'approved_on'],
  appraisal: ['item_code', 'conclusion_no', 'approved_on'],
  expert: ['name', 'field', 'title', 'city', 'conflicts'],
  plaque: ['plaque_no', 'kind', 'issued_on'],
};

interface Props {
  plural: string;
  register: Register;
  filters: MatterFilters;
}

// MatterTable lists the entries of a register.
export function MatterTable({ plural, register, filters }: Props) {
  const { units } = useTexts();
  const { matter } = useMeasures();
  const words = useWords();
  const nameOf = useInstitutionName();
  const facts: Record<string, string> = words.facts;
  const has = (name: string) => register.fields.some((f) => f.name === name);
  return (
    <Listing<Matter>
      name={['matters', plural, filters]}
      read={(cursor, signal) => readMatters(plural, filters, cursor, signal)}
      rowKey={(row) => row.id}
      label={kindOf(words, register.kind)}
      empty={matter.empty}
      hint={matter.emptyHint}
      columns={[
        column(matter.number, (row) => <Link to={matterPath(plural, row.id)}>{row.number}</Link>, { fixed: 'left' }),
        column(matter.institution, (row) => (row.institution_id ? nameOf(row.institution_id) : <span className="weak">{units.none}</span>)),
        ...(telling[register.kind] ?? []).filter(has).map((name) =>
          column<Matter>(facts[name] ?? name, (row) =>
            row.fields[name] ? (
              <span className="cell">
                <FieldValue field={register.fields.find((f) => f.name === name)} value={row.fields[name]} />
              </span>
            ) : null,
          ),
        ),
        ...(has('amount') ? [moneyColumn<Matter>(facts['amount'] ?? '', (row) => row.fields['amount'])] : []),
        column(matter.state, (row) => (
          <>
            <MatterState state={row.state} kind={row.kind} /> {row.proposal && <Waits />}
          </>
        )),
        column(matter.due, (row) =>
          row.due ? (
            <>
              <DueDay day={row.due.due_on} overdue={row.overdue} provisional={row.due.due_provisional} /> <span className="weak">{termOf(words, row.due.what)}</span>
            </>
          ) : null,
        ),
        column(matter.opened, (row) => <span className="figures">{day(row.opened_at)}</span>),
      ]}
    />
  );
}
