import { Link } from 'react-router';
import { answered, client } from '../api/client';
import { minute } from '../format';
import { FilterSearch } from '../shell/FilterSearch';
import { FilterSelect } from '../shell/FilterSelect';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useMend, useRefusals } from '../shell/refusals';
import { useFilters } from '../shell/useFilters';
import './portal.css';
import type { Refused } from './read';
import { Mend } from './Mend';
import { usePortal } from './texts';

// RefusedPage lists the records that were not taken, with what to mend.
export function RefusedPage() {
  const { refused } = usePortal();
  const refusals = useRefusals();
  const mend = useMend();
  const [{ code, receipt }, set] = useFilters('code', 'receipt');
  return (
    <Page
      title={refused.title}
      lead={refused.lead}
      filters={
        <>
          <FilterSelect many label={refused.code} value={code} onChange={(chosen) => set({ code: chosen })} options={Object.entries(refusals).map(([value, { what }]) => ({ value, label: what }))} />
          <FilterSearch label={refused.receipt} value={receipt} onSearch={(id) => set({ receipt: id })} />
        </>
      }
    >
      <Listing<Refused>
        name={['ours', 'refused', { code, receipt }]}
        read={(cursor, signal) =>
          answered(
            client.GET('/v1/quarantine', { params: { query: { ...(code ? { code } : {}), ...(receipt ? { receipt_id: receipt } : {}), cursor } }, signal }),
          ).then(({ items, next }) => ({ items: items ?? [], next }))
        }
        rowKey={(r) => r.quarantine_id}
        label={refused.title}
        empty={refused.empty}
        below={(r) => <Original record={r} />}
        columns={[
          column(refused.columns.when, (r) => minute(r.received_at)),
          column(refused.columns.record, (r) => <span className="code">{r.record_id}</span>),
          column(refused.columns.code, (r) => <span title={r.code}>{mend(r.code).what}</span>),
          column(refused.columns.field, (r) => <span className="code">{r.field}</span>),
          column(refused.columns.mend, (r) => <Mend code={r.code} said={r.message} />),
          column(refused.receipt, (r) => (
            <Link className="code" to={`/our/receipts/${r.receipt_id}`}>
              {r.receipt_id.slice(0, 14)}
            </Link>
          )),
        ]}
      />
    </Page>
  );
}

// Original is the line as it was sent.
function Original({ record }: { record: Refused }) {
  const { refused } = usePortal();
  return (
    <>
      <div className="weak">
        {refused.original} {record.raw_base64 && refused.base64}
      </div>
      <pre className="original code">{record.raw ?? record.raw_base64}</pre>
    </>
  );
}
