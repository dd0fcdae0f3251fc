import { CheckOutlined } from '@ant-design/icons';
import { Button, Segmented, Table, Tag } from 'antd';
import { answered, client } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { count, minute, sum } from '../format';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Page } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import { About } from './About';
import { amounts, common, gravest, type Message } from './alerts';
import './inbox.css';
import { SeverityOf } from './SeverityOf';
import { useInbox } from './texts';

type Told = Message['alerts'][number];

const tones: Record<Message['status'], string> = { firing: 'gold', reminder: 'blue', resolved: 'green' };

// InboxPage is what somebody was told, the latest first: a message for each group of alerts.
export function InboxPage() {
  const texts = useInbox();
  const nameOf = useInstitutionName();
  const [{ only }, set] = useFilters('only');
  const unread = only === 'unread';
  const { act, busy, problem } = useAct({
    send: (items: string[]) => answered(client.POST('/v1/inbox/read', { body: { items } })),
    stale: [['inbox']],
  });
  const readAll = async () => {
    const { items } = await answered(client.GET('/v1/inbox', { params: { query: { unread: true, limit: '1000' } } }));
    if (items.length > 0) await act(items.map(({ id }) => id));
  };
  const institution = (id: string | undefined) => (id ? nameOf(id) : texts.several);
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        <Button icon={<CheckOutlined />} loading={busy} onClick={() => void readAll()}>
          {texts.readAll}
        </Button>
      }
      filters={
        <Segmented
          value={unread ? 'unread' : 'all'}
          options={[
            { value: 'all', label: texts.all },
            { value: 'unread', label: texts.unread },
          ]}
          onChange={(chosen) => set({ only: chosen === 'unread' ? chosen : undefined })}
        />
      }
    >
      <Refusal problem={problem} />
      <Listing<Message>
        name={['inbox', 'messages', { unread }]}
        read={(cursor, signal) => answered(client.GET('/v1/inbox', { params: { query: { unread, cursor } }, signal }))}
        rowKey={({ id }) => id}
        rowClassName={({ read }) => (read ? 'read' : 'unread')}
        label={texts.title}
        empty={unread ? texts.noneUnread : texts.none}
        hint={texts.noneHint}
        below={(message) => <Alerts alerts={message.alerts} />}
        columns={[
          column(texts.columns.at, (m) => <span className="figures">{minute(m.decided_at)}</span>),
          column(texts.columns.status, (m) => <Tag color={tones[m.status]}>{texts.states[m.status]}</Tag>),
          column(texts.columns.kind, (m) => wordOf(texts.kinds, common(m.alerts, 'alertname') ?? '')),
          column(texts.columns.about, (m) => (
            <span className="cell about">
              <About alert={m.alerts[0]!} follow={() => void (m.read || act([m.id]))} />
              {m.alerts.length > 1 && <span className="weak"> {texts.more(count(m.alerts.length))}</span>}
            </span>
          )),
          column(texts.columns.institution, (m) => institution(common(m.alerts, 'institution_id'))),
          column(texts.columns.severity, (m) => <SeverityOf severity={gravest(m.alerts)} />),
          moneyColumn(texts.columns.amount, (m) => (amounts(m.alerts).length > 0 ? sum(amounts(m.alerts)) : undefined)),
          column(
            '',
            (m) =>
              !m.read && (
                <Button size="small" disabled={busy} onClick={() => void act([m.id])}>
                  {texts.markRead}
                </Button>
              ),
            { align: 'right' },
          ),
        ]}
      />
    </Page>
  );
}

function Alerts({ alerts }: { alerts: Told[] }) {
  const texts = useInbox();
  const nameOf = useInstitutionName();
  return (
    <Table<Told>
      size="small"
      aria-label={texts.columns.about}
      dataSource={alerts}
      rowKey={({ fingerprint }) => fingerprint}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        column(texts.columns.status, (a) => <Tag color={tones[a.status]}>{texts.states[a.status]}</Tag>),
        column(texts.columns.about, (a) => <About alert={a} />),
        column(texts.columns.institution, (a) => nameOf(a.labels['institution_id'] ?? '')),
        column(texts.columns.severity, (a) => <SeverityOf severity={a.labels['severity']} />),
        column(texts.columns.due, (a) => <span className="figures">{a.annotations['due_on']}</span>),
        moneyColumn(texts.columns.amount, (a) => a.annotations['amount_yuan']),
      ]}
    />
  );
}
