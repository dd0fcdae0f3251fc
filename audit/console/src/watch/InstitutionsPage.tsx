import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { count, minute } from '../format';
import { FilterSearch } from '../shell/FilterSearch';
import { FilterSelect } from '../shell/FilterSelect';
import { column, Listing, moneyColumn, number } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import { citiesQuery } from './read';
import { useWatch } from './texts';

type Row = Schemas['InstitutionRow'];

const levels = ['1', '2', '3'];
const kinds = ['medical', 'rehab', 'device'] as const;

export const agreementColor = (state: string): string => ({ active: 'green', suspended: 'gold', terminated: 'red' })[state] ?? 'default';

// InstitutionsPage lists those who are watched, with what they charged and what was found.
export function InstitutionsPage() {
  const { institutions: texts } = useWatch();
  const [{ level: ofLevel, kind: ofKind, ...words }, set] = useFilters('q', 'city', 'kind', 'level');
  const [level, kind] = [levels.find((l) => l === ofLevel), kinds.find((k) => k === ofKind)];
  const filters = { ...words, ...(kind ? { kind } : {}) };
  const cities = useQuery(citiesQuery).data ?? [];
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <FilterSearch label={texts.search} value={filters.q} onSearch={(q) => set({ q })} />
          <FilterSelect label={texts.columns.city} value={filters.city} onChange={(city) => set({ city })} options={cities.map((value) => ({ value, label: value }))} />
          <FilterSelect label={texts.columns.level} value={level} onChange={(chosen) => set({ level: chosen })} options={levels.map((value) => ({ value, label: texts.level(value) }))} />
          <FilterSelect label={texts.columns.kind} value={kind} onChange={(chosen) => set({ kind: chosen })} options={kinds.map((value) => ({ value, label: wordOf(texts.kinds, value) }))} />
        </>
      }
    >
      <Listing<Row>
        name={['watched', filters, level]}
        read={async (cursor, signal) => {
          const page = await answered(client.GET('/v1/institutions', { params: { query: { ...filters, cursor, limit: '1000' } }, signal }));
          return { ...page, items: page.items.filter((r) => !level || String(r.level) === level) };
        }}
        rowKey={(r) => r.institution_id}
        label={texts.title}
        empty={texts.empty}
        hint={texts.emptyHint}
        columns={[
          column(texts.columns.name, (r) => <Link to={`/institutions/${r.institution_id}`}>{r.name}</Link>, { sorter: (a, b) => a.name.localeCompare(b.name) }),
          column(texts.columns.id, (r) => <span className="code">{r.institution_id}</span>),
          column(texts.columns.city, (r) => r.city, { sorter: (a, b) => a.city.localeCompare(b.city) }),
          column(texts.columns.level, (r) => texts.level(String(r.level)), { sorter: (a, b) => a.level - b.level }),
          column(texts.columns.kind, (r) => wordOf(texts.kinds, r.kind)),
          column(texts.columns.agreement, (r) => <Tag color={agreementColor(r.agreement)}>{wordOf(texts.states, r.agreement)}</Tag>),
          column(texts.columns.open, (r) => (r.open_findings ? <Link to={`/findings?institution_id=${r.institution_id}`}>{count(r.open_findings)}</Link> : '0'), {
            ...number,
            sorter: (a, b) => a.open_findings - b.open_findings,
            sortDirections: ['descend', 'ascend'],
          }),
          { ...moneyColumn<Row>(texts.columns.atIssue, (r) => r.at_issue), sorter: (a, b) => Number(a.at_issue) - Number(b.at_issue), sortDirections: ['descend', 'ascend'] },
          column(texts.columns.stays, (r) => count(r.stays), { ...number, sorter: (a, b) => a.stays - b.stays, sortDirections: ['descend', 'ascend'] }),
          { ...moneyColumn<Row>(texts.columns.charged, (r) => r.charged), sorter: (a, b) => Number(a.charged) - Number(b.charged), sortDirections: ['descend', 'ascend'] },
          column(texts.columns.upload, (r) => (r.last_upload ? <span className="figures">{minute(r.last_upload)}</span> : <span className="near">{texts.never}</span>)),
        ]}
      />
    </Page>
  );
}
