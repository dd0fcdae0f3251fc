import { ArrowLeftOutlined, DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { Link, useParams } from 'react-router';
import { answered, client } from '../api/client';
import { findingQuery } from '../api/findings';
import { Deadline } from '../finding/Deadline';
import { StateTag } from '../finding/StateTag';
import { Loaded } from '../shell/Loaded';
import { column, moneyColumn } from '../shell/Listing';
import { Money } from '../shell/Money';
import { Facts, Page, Section } from '../shell/Page';
import { FindingName } from './FindingName';
import { saveLetter } from './NoticesPage';
import './portal.css';
import type { Notice } from './read';
import { usePortal } from './texts';

type Item = Notice['items'][number];

// NoticePage is one notice: what was told that day, with where each finding stands now.
export function NoticePage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['ours', 'notice', id],
    queryFn: ({ signal }) => answered(client.GET('/v1/notices/{id}', { params: { path: { id }, query: { format: 'json' } }, signal })),
  });
  return <Loaded query={query}>{(notice) => <Shown notice={notice as Notice} />}</Loaded>;
}

function Shown({ notice }: { notice: Notice }) {
  const { notices, finding } = usePortal();
  return (
    <Page
      title={
        <span className="row-title">
          <Link to="/our/notices" aria-label={notices.title}>
            <ArrowLeftOutlined />
          </Link>
          {notices.title1(notice.number)}
        </span>
      }
      lead={notice.complete ? undefined : notices.today}
      actions={
        <Button type="primary" icon={<DownloadOutlined />} onClick={() => void saveLetter(notice)}>
          {notices.letter}
        </Button>
      }
    >
      <Facts
        facts={[
          [notices.institution, notice.institution_name],
          [notices.columns.day, notice.day],
          [notices.columns.findings, String(notice.items.length)],
          [notices.columns.amount, <Money amount={notice.amount} />],
        ]}
      />
      <Section title={notices.items}>
        <Table<Item>
          aria-label={notices.items}
          size="small"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={notice.items}
          rowKey="finding_id"
          columns={[
            column(notices.rule, (i) => <FindingName finding={i} />),
            column(notices.stay, (i) => <span className="code">{i.stay_id}</span>),
            column(finding.person, (i) => <span className="code">{i.person_id}</span>),
            column(notices.lines, (i) => i.lines.length, { align: 'right' }),
            moneyColumn(notices.columns.amount, (i) => i.amount),
            column(notices.state, (i) => <Standing id={i.finding_id} />),
            column(finding.due, (i) => <Due item={i} />),
            column(notices.reason, (i) => i.reason, { className: 'mend' }),
          ]}
        />
      </Section>
    </Page>
  );
}

function Standing({ id }: { id: string }) {
  const finding = useQuery(findingQuery(id)).data;
  return finding ? <StateTag state={finding.state} /> : null;
}

function Due({ item }: { item: Item }) {
  const state = useQuery(findingQuery(item.finding_id)).data?.state;
  return <Deadline due={item.due_on} provisional={item.due_provisional} state={state === 'notified' || state === 'lapsed' ? state : 'released'} />;
}
