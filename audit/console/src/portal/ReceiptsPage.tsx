import { Input, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { count, localTime } from '../format';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { PeriodField } from '../shell/PeriodField';
import { useFilters } from '../shell/useFilters';
import './portal.css';
import { usePortal } from './texts';

type Row = Schemas['UploadRow'];

// ReceiptsPage lists the institution's uploads.
export function ReceiptsPage() {
  const { receipts } = usePortal();
  const navigate = useNavigate();
  const [period, set] = useFilters('from', 'until');
  return (
    <Page
      title={receipts.title}
      lead={receipts.lead}
      filters={
        <>
          <PeriodField label={receipts.columns.received} from={period.from} until={period.until} set={set} />
          <Input.Search className="filter wide" placeholder={receipts.find} aria-label={receipts.find} onSearch={(id) => id.trim() && void navigate(`/our/receipts/${encodeURIComponent(id.trim())}`)} />
        </>
      }
    >
      <Listing<Row>
        name={['ours', 'receipts', period]}
        read={(cursor, signal) => answered(client.GET('/v1/receipts', { params: { query: { ...period, cursor } }, signal }))}
        rowKey={(r) => r.receipt_id}
        label={receipts.title}
        empty={receipts.empty}
        hint={receipts.emptyHint}
        columns={[
          column(receipts.columns.received, (r) => localTime(r.received_at)),
          column(receipts.columns.id, (r) => (
            <Link className="code" to={`/our/receipts/${r.receipt_id}`}>
              {r.receipt_id}
            </Link>
          )),
          column(receipts.columns.records, (r) => count(r.records), { align: 'right' }),
          column(receipts.columns.accepted, (r) => count(r.accepted), { align: 'right' }),
          column(receipts.columns.duplicate, (r) => count(r.duplicate), { align: 'right' }),
          column(receipts.columns.refused, (r) => <span className={r.refused ? 'past' : undefined}>{count(r.refused)}</span>, { align: 'right' }),
          column(receipts.columns.settled, (r) => <Tag color={r.settled ? 'green' : 'gold'}>{r.settled ? receipts.settled : receipts.unsettled}</Tag>),
        ]}
      />
    </Page>
  );
}
