import { DatePicker, Input, Tag } from 'antd';
import dayjs from 'dayjs';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { count, localTime } from '../format';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import './portal.css';
import { usePortal } from './texts';

type Row = Schemas['UploadRow'];

// ReceiptsPage lists the institution's uploads.
export function ReceiptsPage() {
  const { receipts, notices } = usePortal();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [from, until] = [search.get('from') ?? '', search.get('until') ?? ''];
  return (
    <Page
      title={receipts.title}
      lead={receipts.lead}
      filters={
        <>
          <DatePicker.RangePicker
            allowEmpty
            aria-label={receipts.columns.received}
            placeholder={[notices.from, notices.until]}
            value={[from ? dayjs(from) : null, until ? dayjs(until).subtract(1, 'day') : null]}
            onChange={(range) =>
              setSearch({ ...(range?.[0] ? { from: range[0].format('YYYY-MM-DD') } : {}), ...(range?.[1] ? { until: range[1].add(1, 'day').format('YYYY-MM-DD') } : {}) })
            }
          />
          <Input.Search className="find" placeholder={receipts.find} aria-label={receipts.find} onSearch={(id) => id.trim() && void navigate(`/our/receipts/${encodeURIComponent(id.trim())}`)} />
        </>
      }
    >
      <Listing<Row>
        name={['ours', 'receipts', from, until]}
        read={(cursor, signal) => answered(client.GET('/v1/receipts', { params: { query: { from, until, cursor } }, signal }))}
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
