import { Input, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { answered, client } from '../api/client';
import { minute } from '../format';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import './portal.css';
import type { Refused } from './read';
import { Mend, useMend } from './RefusedRecord';
import { usePortal } from './texts';

// RefusedPage lists the records that were not taken, with what to mend.
export function RefusedPage() {
  const { refused, refusals } = usePortal();
  const mend = useMend();
  const [search, setSearch] = useSearchParams();
  const [code, receipt] = [search.get('code') ?? '', search.get('receipt') ?? ''];
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <Page
      title={refused.title}
      lead={refused.lead}
      filters={
        <>
          <Select
            allowClear
            className="find"
            placeholder={refused.code}
            aria-label={refused.code}
            value={code || null}
            onChange={(value: string | null) => set('code', value ?? '')}
            options={Object.entries(refusals.advice).map(([value, { what }]) => ({ value, label: what }))}
          />
          <Input.Search
            allowClear
            className="find"
            placeholder={refused.receipt}
            aria-label={refused.receipt}
            defaultValue={receipt}
            onSearch={(value) => set('receipt', value.trim())}
          />
        </>
      }
    >
      <Listing<Refused>
        name={['ours', 'refused', code, receipt]}
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
export function Original({ record }: { record: Refused }) {
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
