import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select, Tag } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { institutionsQuery, useInstitutionName } from '../api/reference';
import { count } from '../format';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useWatch } from './texts';

type Row = Schemas['PhysicianRow'];

// PhysiciansPage lists who charged, a row a physician and institution.
export function PhysiciansPage() {
  const { physicians: texts } = useWatch();
  const [address, setAddress] = useSearchParams();
  const institutions = useQuery(institutionsQuery).data;
  const nameOf = useInstitutionName();
  const institution = address.get('institution_id') ?? '';
  const word = address.get('q') ?? '';
  const sort = address.get('sort') === 'findings' ? ('findings' as const) : ('charged' as const);
  const set = (name: string, value: string | null | undefined) => {
    const next = new URLSearchParams(address);
    if (value) next.set(name, value);
    else next.delete(name);
    setAddress(next, { replace: true });
  };
  const number = { align: 'right' as const, className: 'number' };
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <Input.Search className="wide-filter" allowClear placeholder={texts.search} aria-label={texts.search} key={word} defaultValue={word} onSearch={(value) => set('q', value.trim())} />
          <Select
            className="wide-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={texts.columns.institution}
            aria-label={texts.columns.institution}
            value={institution || null}
            onChange={(value: string | null) => set('institution_id', value)}
            options={[...(institutions ?? [])].map(([value, name]) => ({ value, label: `${name} ${value}` }))}
          />
          <Segmented value={sort} onChange={(value) => set('sort', value)} options={Object.entries(texts.sorts).map(([value, label]) => ({ value, label }))} />
        </>
      }
    >
      <Listing<Row>
        name={['physicians', institution, word, sort]}
        read={(cursor, signal) =>
          answered(client.GET('/v1/physicians', { params: { query: { ...(institution ? { institution_id: institution } : {}), ...(word ? { q: word } : {}), sort, cursor } }, signal }))
        }
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
