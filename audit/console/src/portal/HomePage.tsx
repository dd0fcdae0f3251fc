import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Finding } from '../api/findings';
import { useInstitutionName, useNow } from '../api/reference';
import { useIdentity } from '../api/session';
import { count, day, money } from '../format';
import { Loaded } from '../shell/Loaded';
import { Nothing } from '../shell/Nothing';
import { Page, Section } from '../shell/Page';
import { DeadlineTable } from './DeadlineTable';
import { useFindingColumns } from './findingColumns';
import './portal.css';
import { countsQuery, deadlinesQuery, fewFindings, refusedQuery, rejectionsQuery } from './read';
import { usePortal } from './texts';

const few = '8';

// HomePage is where an institution's day begins: what waits for it, and what has happened.
export function HomePage() {
  const { home } = usePortal();
  const nameOf = useInstitutionName();
  const { institution_id: own = '' } = useIdentity();
  return (
    <Page title={nameOf(own) === own ? home.title : nameOf(own)} lead={home.lead}>
      <Tiles />
      <Section title={home.waiting} extra={<Link to="/our/findings?state=notified&sort=due_on">{home.all}</Link>}>
        <Few filters={{ state: 'notified', sort: 'due_on' }} empty={home.waitingNone} hint={home.waitingHint} label={home.waiting} />
      </Section>
      <Soon />
      <Section title={home.news} extra={<Link to="/our/findings">{home.all}</Link>}>
        <Few filters={{ sort: 'revised' }} empty={home.newsNone} label={home.news} />
      </Section>
    </Page>
  );
}

function Tiles() {
  const { home, yuan } = usePortal();
  const counts = useQuery(countsQuery);
  const nearest = useQuery(fewFindings({ state: 'notified', sort: 'due_on' }, '1')).data?.items[0]?.due_on;
  const now = useNow();
  const month = now && day(now).slice(0, 7);
  const rejected = useQuery({ ...rejectionsQuery(month ?? ''), enabled: month !== undefined }).data;
  const refused = useQuery(refusedQuery).data;
  const of = (state: string) => counts.data?.states?.find((s) => s.name === state);
  const tile = (path: string, name: string, value: ReactNode, note: ReactNode, urgent = false) => (
    <Link to={path} className={urgent ? 'tile urgent' : 'tile'}>
      {name}
      <b>{value}</b>
      <small>{note}</small>
    </Link>
  );
  const ofState = (state: string, name: string, note?: ReactNode, urgent = false) => {
    const some = of(state);
    return tile(`/our/findings?state=${state}`, name, counts.data && count(some?.findings ?? 0), note ?? (some && yuan(money(some.amount))), urgent && some !== undefined);
  };
  return (
    <div className="our-tiles">
      {ofState('notified', home.toAnswer, nearest ? home.nearest(nearest) : home.nothingRuns)}
      {ofState('lapsed', home.lapsed, undefined, true)}
      {ofState('explained', home.answered)}
      {ofState('appealed', home.appealed)}
      {tile('/our/lists', home.rejectedThisMonth(month?.slice(5) ?? ''), rejected && money(rejected.total), rejected && home.lines(count(rejected.items?.length ?? 0)))}
      {tile(
        '/our/refused',
        home.quality,
        refused && count(refused.items?.length ?? 0) + (refused.next ? '+' : ''),
        refused && (refused.items?.length ? home.refusedLately(count(refused.items.length) + (refused.next ? '+' : '')) : home.noRefused),
      )}
    </div>
  );
}

function Few({ filters, empty, hint, label }: { filters: Parameters<typeof fewFindings>[0]; empty: string; hint?: string; label: string }) {
  const query = useQuery(fewFindings(filters, few));
  const columns = useFindingColumns();
  return (
    <Loaded query={query} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing title={empty} {...(hint ? { hint } : {})} />
        ) : (
          <Table<Finding> aria-label={label} size="small" pagination={false} scroll={{ x: 'max-content' }} dataSource={items} columns={columns} rowKey="finding_id" />
        )
      }
    </Loaded>
  );
}

// Soon shows the deadlines beside those of statements, which stand above.
function Soon() {
  const { home } = usePortal();
  const rows = useQuery(deadlinesQuery).data?.items.filter((d) => d.kind !== 'statement');
  if (!rows?.length) return null;
  return (
    <Section title={home.soon} extra={<Link to="/our/deadlines">{home.all}</Link>}>
      <DeadlineTable rows={rows.slice(0, 6)} />
    </Section>
  );
}
