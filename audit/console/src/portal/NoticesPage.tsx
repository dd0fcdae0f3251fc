import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { Link, useSearchParams } from 'react-router';
import { answered, client } from '../api/client';
import { save } from '../api/files';
import { Deadline } from '../finding/Deadline';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Page } from '../shell/Page';
import './portal.css';
import { awaitedQuery, type Notice } from './read';
import { usePortal } from './texts';

export const saveLetter = (notice: Notice) => save(`/v1/notices/${notice.notice_id}?format=pdf`, `notice-${notice.number}.pdf`);

// NoticesPage lists the notices, one a day.
export function NoticesPage() {
  const { notices } = usePortal();
  const [search, setSearch] = useSearchParams();
  const [from, until] = [search.get('from') ?? '', search.get('until') ?? ''];
  const awaited = useQuery(awaitedQuery).data;
  const open = (n: Notice) => n.items.filter((i) => awaited?.has(i.finding_id));
  const nearest = (n: Notice) => open(n).map((i) => i.due_on).sort()[0];
  return (
    <Page
      title={notices.title}
      lead={notices.lead}
      filters={
        <DatePicker.RangePicker
          allowEmpty
          aria-label={notices.columns.day}
          placeholder={[notices.from, notices.until]}
          value={[from ? dayjs(from) : null, until ? dayjs(until).subtract(1, 'day') : null]}
          onChange={(range) =>
            setSearch({ ...(range?.[0] ? { from: range[0].format('YYYY-MM-DD') } : {}), ...(range?.[1] ? { until: range[1].add(1, 'day').format('YYYY-MM-DD') } : {}) })
          }
        />
      }
    >
      <Listing<Notice>
        name={['ours', 'notices', from, until]}
        read={(cursor, signal) => answered(client.GET('/v1/notices', { params: { query: { from, until, cursor } }, signal }))}
        rowKey={(n) => n.notice_id}
        label={notices.title}
        empty={notices.empty}
        hint={notices.emptyHint}
        columns={[
          column(notices.columns.number, (n) => <Link to={`/our/notices/${n.notice_id}`}>{n.number}</Link>),
          column(notices.columns.day, (n) => (
            <>
              {n.day} {!n.complete && <span className="hint">{notices.today}</span>}
            </>
          )),
          column(notices.columns.findings, (n) => n.items.length, { align: 'right' }),
          moneyColumn(notices.columns.amount, (n) => n.amount),
          column(notices.columns.awaited, (n) => awaited && open(n).length, { align: 'right' }),
          column(notices.columns.due, (n) => nearest(n) && <Deadline due={nearest(n)!} state="notified" />),
          column('', (n) => (
            <Button size="small" icon={<DownloadOutlined />} onClick={() => void saveLetter(n)}>
              {notices.letter}
            </Button>
          ), { align: 'right' }),
        ]}
      />
    </Page>
  );
}
