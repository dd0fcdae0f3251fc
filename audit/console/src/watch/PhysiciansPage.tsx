import { Segmented, Tag } from 'antd';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { count } from '../format';
import { FilterSearch } from '../shell/FilterSearch';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column, Listing, moneyColumn, number } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { useWatch } from './texts';

type Row = Schemas['PhysicianRow'];

// PhysiciansPage lists who charged, a row a physician and institution.
export function PhysiciansPage() {
  const { physicians: texts } = useWatch();
  const [{ sort: asked, ...filters }, set] = useFilters('institution_id', 'q', 'sort');
  const sort = asked === 'findings' ? 'findings' : 'charged';
  const nameOf = useInstitutionName();
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <FilterSearch label={texts.search} value={filters.q} onSearch={(q) => set({ q })} />
          <InstitutionSelect value={filters.institution_id} onChange={(institution_id) => set({ institution_id })} />
          <Segmented value={sort} onChange={(value) => set({ sort: value })} options={Object.entries(texts.sorts).map(([value, label]) => ({ value, label }))} />
        </>
      }
    >
      <Listing<Row>
        name={['physicians', filters, sort]}
        read={(cursor, signal) => answered(client.GET('/v1/physicians', { params: { query: { ...filters, sort, cursor } }, signal }))}
        rowKey={(r) => `${r.physician_id}|${r.institution_id}`}
        label={texts.title}
        empty={texts.empty}
        hint={texts.emptyHint}
        columns={[
          column(texts.columns.id, (r) => (
            <Link className="code" to={`/physicians/${encodeURIComponent(r.physician_id)}`}>
              {r.physician_id}
            </Link>
          )),
          column(texts.columns.name, (r) => r.name_masked),
          column(texts.columns.institution, (r) => <Link to={`/institutions/${r.institution_id}`}>{nameOf(r.institution_id)}</Link>),
          column(texts.columns.state, (r) => (r.suspended ? <Tag color="red">{texts.suspended}</Tag> : '')),
          column(texts.columns.stays, (r) => count(r.stays), number),
          moneyColumn(texts.columns.charged, (r) => r.charged),
          column(texts.columns.findings, (r) => (r.findings ? <Link to={`/findings?institution_id=${r.institution_id}&physician_id=${encodeURIComponent(r.physician_id)}`}>{count(r.findings)}</Link> : '0'), number),
          moneyColumn(texts.columns.atIssue, (r) => r.at_issue),
        ]}
      />
    </Page>
  );
}
