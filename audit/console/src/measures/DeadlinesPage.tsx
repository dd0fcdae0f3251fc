import { useQuery } from '@tanstack/react-query';
import { Checkbox, Table, Tag } from 'antd';
import { useMemo } from 'react';
import { Link, Navigate } from 'react-router';
import { useInstitutionName, useNow } from '../api/reference';
import { isHospital, useIdentity } from '../api/session';
import { daysBetween } from '../format';
import { FilterSelect } from '../shell/FilterSelect';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Nothing } from '../shell/Nothing';
import { Page } from '../shell/Page';
import { Person } from '../shell/Person';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import { bucketOf, deadlinesQuery, placeOf, type Bucket, type Deadline } from './deadlines';
import { DueDay } from './DueDay';
import { pluralOf, registersQuery } from './matters';
import { useMeasures, useWords } from './texts';
import { kindOf, lawOf, termOf } from './words';

const buckets: Bucket[] = ['overdue', 'today', 'week', 'later'];

// DeadlinesPage is the morning list: what has passed, what is due today, what comes. An
// institution, come from the link of a message, has a list of its own.
export function DeadlinesPage() {
  return isHospital(useIdentity()) ? <Navigate to="/our/deadlines" replace /> : <MorningList />;
}

function MorningList() {
  const { deadlines: say } = useMeasures();
  const words = useWords();
  const now = useNow();
  const [{ institution, kind, overdue, bucket }, set] = useFilters('institution', 'kind', 'overdue', 'bucket');
  const query = useQuery(
    deadlinesQuery({ ...(institution ? { institution_id: institution } : {}), ...(kind ? { kind } : {}), ...(overdue ? { overdue: true } : {}) }),
  );
  const registers = useQuery(registersQuery).data;
  const plurals = useMemo(() => new Map((registers ?? []).map((r) => [r.kind, pluralOf(r)])), [registers]);
  const bucketed = (d: Deadline) => bucketOf(d, now ? daysBetween(now, d.due_on) : 0);
  const kinds = [...Object.keys(say.kinds), ...plurals.keys()];
  return (
    <Page
      title={say.title}
      lead={say.lead}
      filters={
        <>
          <InstitutionSelect value={institution} onChange={(id) => set({ institution: id })} />
          <FilterSelect label={say.kind} value={kind} onChange={(chosen) => set({ kind: chosen })} options={kinds.map((value) => ({ value, label: wordOf(say.kinds, kindOf(words, value)) }))} />
          <Checkbox checked={overdue === '1'} onChange={(event) => set({ overdue: event.target.checked ? '1' : undefined })}>
            {say.overdueOnly}
          </Checkbox>
        </>
      }
    >
      <Loaded query={query}>
        {(all) => {
          const chosen = bucket ? all.filter((d) => bucketed(d) === bucket) : all;
          return (
            <>
              <div className="tiles">
                {buckets.map((name) => {
                  const n = all.filter((d) => bucketed(d) === name).length;
                  return (
                    <button key={name} type="button" className={`tile ${name}${bucket === name ? ' chosen' : ''}`} aria-pressed={bucket === name} onClick={() => set({ bucket: bucket === name ? undefined : name })}>
                      <span className="tile-figure figures">{n}</span>
                      <span>{say.buckets[name]}</span>
                    </button>
                  );
                })}
              </div>
              {chosen.length === 0 ? <Nothing title={say.none} hint={say.noneHint} /> : <Rows list={chosen} plurals={plurals} />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Rows({ list, plurals }: { list: Deadline[]; plurals: ReadonlyMap<string, string> }) {
  const { deadlines: say } = useMeasures();
  const words = useWords();
  const nameOf = useInstitutionName();
  return (
    <Table<Deadline>
      aria-label={say.title}
      size="small"
      sticky
      dataSource={list}
      rowKey={(d) => [d.due_on, d.institution_id, d.kind, d.of, d.what].join('|')}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      columns={[
        column(say.due, (d) => <DueDay day={d.due_on} overdue={d.overdue} provisional={d.due_provisional} />),
        column(say.kind, (d) => <Tag className="tag">{wordOf(say.kinds, kindOf(words, d.kind))}</Tag>),
        column(say.what, (d) => {
          const place = placeOf(d, plurals);
          return place ? <Link to={place}>{termOf(words, d.what)}</Link> : termOf(words, d.what);
        }),
        column(say.whose, (d) => (d.institution_id ? nameOf(d.institution_id) : '')),
        column(say.city, (d) => d.city ?? ''),
        column(say.of, (d) => <span className="code">{d.number ?? d.of}</span>),
        column(say.by, (d) => (d.by ? <Person id={d.by} /> : '')),
        column(say.law, (d) => (d.law ? lawOf(words, d.law) : '')),
      ]}
    />
  );
}
