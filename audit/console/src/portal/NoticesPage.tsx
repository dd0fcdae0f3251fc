import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { answered, client } from '../api/client';
import { save } from '../api/files';
import { Deadline } from '../finding/Deadline';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Page } from '../shell/Page';
import { PeriodField } from '../shell/PeriodField';
import { useFilters } from '../shell/useFilters';
import './portal.css';
import { awaitedQuery, type Notice } from './read';
import { usePortal } from './texts';

export const saveLetter = (notice: Notice) => save(`/v1/notices/${notice.notice_id}?format=pdf`, `notice-${notice.number}.pdf`);

// NoticesPage lists the notices, one a day.
export function NoticesPage() {
  const { notices } = usePortal();
  const [period, set] = useFilters('from', 'until');
  const awaited = useQuery(awaitedQuery).data;
  const open = (n: Notice) => n.items.filter((i) => awaited?.has(i.finding_id));
  const nearest = (n: Notice) => open(n).map((i) => i.due_on).sort()[0];
  return (
    <Page
      title={notices.title}
      lead={notices.lead}
      filters={<PeriodField label={notices.columns.day} from={period.from} until={period.until} set={set} />}
    >
      <Listing<Notice>
        name={['ours', 'notices', period]}
        read={(cursor, signal) => answered(client.GET('/v1/notices', { params: { query: { ...period, cursor } }, signal }))}
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
