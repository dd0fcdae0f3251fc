import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { minute } from '../format';
import { FilterSearch } from '../shell/FilterSearch';
import { FilterSelect } from '../shell/FilterSelect';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useMend, useRefusals } from '../shell/refusals';
import { useFilters } from '../shell/useFilters';
import { useRegisters } from './texts';

type Item = Schemas['QuarantineItem'];

// QuarantinePage lists records that were refused: what is wrong with each and what its
// institution mends.
export function QuarantinePage() {
  const { quarantine: texts } = useRegisters();
  const refusals = useRefusals();
  const mend = useMend();
  const nameOf = useInstitutionName();
  const [filters, set] = useFilters('institution_id', 'code', 'receipt_id');
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <InstitutionSelect value={filters.institution_id} onChange={(institution_id) => set({ institution_id })} />
          <FilterSelect many label={texts.columns.code} value={filters.code} onChange={(code) => set({ code })} options={Object.entries(refusals).map(([value, { what }]) => ({ value, label: `${what} ${value}` }))} />
          <FilterSearch label={texts.columns.receipt} value={filters.receipt_id} onSearch={(receipt_id) => set({ receipt_id })} />
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
          column(texts.columns.code, (item) => mend(item.code).what),
          column(texts.columns.field, (item) => <span className="code">{item.field}</span>),
          column(texts.columns.record, (item) => <span className="code">{item.record_id}</span>),
          column(texts.columns.message, (item) => <span className="words wide">{item.message}</span>),
          column(texts.columns.mend, (item) => <span className="words wide">{mend(item.code).mend}</span>),
          column(texts.columns.receipt, (item) => <span className="code">{item.receipt_id}</span>),
        ]}
      />
    </Page>
  );
}
