import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { institutionsQuery, useInstitutionName } from '../api/reference';
import { minute } from '../format';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { wordOf } from '../text';
import { useFaults, useRegisters } from './texts';

type Item = Schemas['QuarantineItem'];

const filterNames = ['institution_id', 'code', 'receipt_id'] as const;

// QuarantinePage lists records that were refused: what is wrong with each and what its
// institution mends.
export function QuarantinePage() {
  const { quarantine: texts } = useRegisters();
  const { codes, mend } = useFaults();
  const institutions = useQuery(institutionsQuery).data;
  const nameOf = useInstitutionName();
  const [address, setAddress] = useSearchParams();
  const filters = Object.fromEntries(filterNames.flatMap((name) => (address.get(name) ? [[name, address.get(name)!]] : [])));
  const set = (name: string, value: string | null | undefined) => {
    const next = new URLSearchParams(address);
    if (value) next.set(name, value);
    else next.delete(name);
    setAddress(next, { replace: true });
  };
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <Select
            className="wide-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={texts.columns.institution}
            aria-label={texts.columns.institution}
            value={filters['institution_id'] ?? null}
            onChange={(value: string | null) => set('institution_id', value)}
            options={[...(institutions ?? [])].map(([value, name]) => ({ value, label: `${name} ${value}` }))}
          />
          <Select
            className="wide-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={texts.columns.code}
            aria-label={texts.columns.code}
            value={filters['code'] ?? null}
            onChange={(value: string | null) => set('code', value)}
            options={Object.entries(codes).map(([value, label]) => ({ value, label: `${label} ${value}` }))}
          />
          <Input.Search
            className="wide-filter"
            allowClear
            placeholder={texts.columns.receipt}
            aria-label={texts.columns.receipt}
            defaultValue={filters['receipt_id'] ?? ''}
            key={filters['receipt_id']}
            onSearch={(value) => set('receipt_id', value.trim())}
          />
        </>
      }
    >
      <Listing<Item>
        name={['quarantine', filters]}
        read={(cursor, signal) => answered(client.GET('/v1/quarantine', { params: { query: { ...filters, cursor } }, signal }))}
        rowKey={(item) => item.quarantine_id}
        label={texts.title}
        empty={texts.empty}
        hint={Object.keys(filters).length > 0 ? texts.emptyFiltered : texts.emptyHint}
        below={(item) => <pre className="raw">{item.raw ?? item.raw_base64}</pre>}
        columns={[
          column(texts.columns.received, (item) => <span className="figures">{minute(item.received_at)}</span>),
          column(texts.columns.institution, (item) => nameOf(item.institution_id)),
          column(texts.columns.code, (item) => wordOf(codes, item.code)),
          column(texts.columns.field, (item) => <span className="code">{item.field}</span>),
          column(texts.columns.record, (item) => <span className="code">{item.record_id}</span>),
          column(texts.columns.message, (item) => <span className="words wide">{item.message}</span>),
          column(texts.columns.mend, (item) => <span className="words wide">{mend[item.code]}</span>),
          column(texts.columns.receipt, (item) => <span className="code">{item.receipt_id}</span>),
        ]}
      />
    </Page>
  );
}
