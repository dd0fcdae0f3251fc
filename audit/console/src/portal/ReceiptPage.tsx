import { ArrowLeftOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { count, localTime } from '../format';
import { Loaded } from '../shell/Loaded';
import { column } from '../shell/Listing';
import { Nothing } from '../shell/Nothing';
import { Facts, Page, Section } from '../shell/Page';
import { useMend } from '../shell/refusals';
import './portal.css';
import { Mend } from './Mend';
import { usePortal } from './texts';

// ReceiptPage is the receipt of one upload: what was taken, and what was not and why.
export function ReceiptPage() {
  const { id = '' } = useParams();
  const { receipts } = usePortal();
  const query = useQuery({
    queryKey: ['ours', 'receipt', id],
    queryFn: ({ signal }) => answered(client.GET('/v1/receipts/{receipt_id}', { params: { path: { receipt_id: id } }, signal })),
  });
  return (
    <Page
      title={
        <span className="row-title">
          <Link to="/our/receipts" aria-label={receipts.title}>
            <ArrowLeftOutlined />
          </Link>
          {receipts.title1} <span className="code">{id}</span>
        </span>
      }
    >
      <Loaded query={query}>{(receipt) => <Shown receipt={receipt} />}</Loaded>
    </Page>
  );
}

function Shown({ receipt }: { receipt: Schemas['Receipt'] }) {
  const { receipts, refused } = usePortal();
  const mend = useMend();
  const rows = receipt.refused ?? [];
  const records = receipt.accepted + receipt.duplicate + rows.length;
  return (
    <>
      <Facts
        facts={[
          [receipts.columns.received, localTime(receipt.received_at)],
          [receipts.columns.settled, <Tag color={receipt.settled ? 'green' : 'gold'}>{receipt.settled ? receipts.settled : receipts.unsettled}</Tag>],
          [receipts.columns.records, count(records)],
          [receipts.columns.accepted, count(receipt.accepted)],
          [receipts.columns.duplicate, count(receipt.duplicate)],
          [receipts.columns.refused, count(rows.length)],
          ...(receipt.signed_by ? [[receipts.signed, receipt.signed_by.subject] as [string, string]] : []),
        ]}
      />
      <Section title={receipts.refusedRecords} extra={rows.length > 0 && <Link to={`/our/refused?receipt=${receipt.receipt_id}`}>{refused.original}</Link>}>
        {rows.length === 0 ? (
          <Nothing title={receipts.noneRefused} />
        ) : (
          <Table<Schemas['Refusal']>
            aria-label={receipts.refusedRecords}
            size="small"
            pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
            scroll={{ x: 'max-content' }}
            dataSource={rows}
            rowKey="index"
            columns={[
              column(receipts.place, (r) => count(r.index + 1), { align: 'right' }),
              column(refused.columns.record, (r) => <span className="code">{r.record_id}</span>),
              column(refused.columns.code, (r) => <span title={r.code}>{mend(r.code).what}</span>),
              column(refused.columns.field, (r) => <span className="code">{r.field}</span>),
              column(refused.columns.mend, (r) => <Mend code={r.code} said={r.message} />),
            ]}
          />
        )}
      </Section>
    </>
  );
}
