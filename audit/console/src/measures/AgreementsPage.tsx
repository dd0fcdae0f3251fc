import { DatePicker, Tabs, Tag } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { useNow } from '../api/reference';
import { day } from '../format';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { useTexts, wordOf } from '../text';
import { SuspensionAxis } from './SuspensionAxis';
import { useMeasures, useWords } from './texts';

type Agreement = Schemas['AgreementView'];
type Public = Schemas['PublicAgreement'];

const colors: Record<string, string> = { active: 'green', suspended: 'red', terminated: 'default' };

function Status({ status }: { status: string }) {
  const words = useWords();
  return (
    <Tag color={colors[status] ?? 'blue'} className="tag">
      {wordOf(words.words, status)}
    </Tag>
  );
}

// AgreementsPage lists agreements as they are on a day, and what the public sees.
export function AgreementsPage() {
  const { agreements: say } = useMeasures();
  const [{ view = 'all', institution, on }, set] = useFilters('view', 'institution', 'on');
  const now = useNow();
  return (
    <Page title={say.title} lead={say.lead}>
      <div className="page-filters no-print">
        {view === 'all' && <InstitutionSelect value={institution} onChange={(id) => set({ institution: id })} />}
        <DatePicker
          value={on ? dayjs(on) : now ? dayjs(day(now)) : null}
          aria-label={say.on}
          allowClear={on !== undefined}
          onChange={(date: dayjs.Dayjs | null) => set({ on: date?.format('YYYY-MM-DD') })}
        />
      </div>
      <Tabs
        activeKey={view}
        onChange={(key) => set({ view: key === 'all' ? undefined : key })}
        items={[
          { key: 'all', label: say.all, children: <All institution={institution} on={on} /> },
          { key: 'public', label: say.public, children: <PublicList on={on} /> },
        ]}
      />
    </Page>
  );
}

function All({ institution, on }: { institution: string | undefined; on: string | undefined }) {
  const { agreements: say } = useMeasures();
  const { queue } = useTexts();
  const words = useWords();
  const query = { ...(institution ? { institution_id: institution } : {}), ...(on ? { on } : {}) };
  const now = useNow();
  const until = on ?? (now ? day(now) : '');
  return (
    <Listing<Agreement>
      name={['agreements', query]}
      read={(cursor, signal) => answered(client.GET('/v1/agreements', { params: { query: { ...query, cursor, limit: '100' } }, signal }))}
      rowKey={(row) => `${row.institution_id}|${row.kind}`}
      label={say.title}
      empty={say.none}
      columns={[
        column(queue.institution, (row) => row.name, { fixed: 'left' }),
        column(say.city, (row) => row.city),
        column(say.level, (row) => row.level, { align: 'right' }),
        column(say.kind, (row) => wordOf(words.words, row.kind)),
        column(say.number, (row) => <span className="code">{row.agreement_id}</span>),
        column(say.status, (row) => <Status status={row.status} />),
        column(say.term, (row) => (
          <span className="figures">
            {row.term_from} – {row.term_until ?? (row.holdover ? say.holdover : say.openEnd)}
          </span>
        )),
        column(say.suspensions, (row) => row.suspensions_counted || '', { align: 'right' }),
        column(say.axis, (row) => <SuspensionAxis agreement={row} until={until} />, { width: 300 }),
        column(say.sanctions, (row) => <Link to={`/sanctions?institution=${row.institution_id}`}>{say.see}</Link>),
      ]}
    />
  );
}

function PublicList({ on }: { on: string | undefined }) {
  const { agreements: say } = useMeasures();
  const { queue } = useTexts();
  const words = useWords();
  const query = on ? { on } : {};
  return (
    <>
      <p className="weak">{say.publicLead}</p>
      <Listing<Public>
        name={['agreements', 'public', query]}
        read={(cursor, signal) => answered(client.GET('/v1/agreements/public', { params: { query: { ...query, cursor, limit: '100' } }, signal }))}
        rowKey={(row) => `${row.institution_id}|${row.kind}`}
        label={say.public}
        empty={say.none}
        columns={[
          column(queue.institution, (row) => row.name),
          column(say.city, (row) => row.city),
          column(say.level, (row) => row.level, { align: 'right' }),
          column(say.kind, (row) => wordOf(words.words, row.kind)),
          column(say.status, (row) => <Status status={row.status} />),
          column(say.since, (row) => <span className="figures">{row.since}</span>),
        ]}
      />
    </>
  );
}
