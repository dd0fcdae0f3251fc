import { useQueries, useQuery } from '@tanstack/react-query';
import { Alert, Table } from 'antd';
import { Link, Navigate, useParams } from 'react-router';
import type { Schemas } from '../api/client';
import { findingQuery, type FindingDetail } from '../api/findings';
import { useInstitutionName } from '../api/reference';
import { isHospital, useIdentity } from '../api/session';
import { count, minute } from '../format';
import { StateTag } from '../finding/StateTag';
import { SeverityTag } from '../finding/SeverityTag';
import { Deadline } from '../finding/Deadline';
import { usePreferences } from '../preferences';
import { column, moneyColumn } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Money } from '../shell/Money';
import { Facts, Page } from '../shell/Page';
import { useTexts } from '../text';
import { noticeQuery } from './money';
import { PaperButtons } from './PaperButtons';
import { useMoney } from './texts';

type Notice = Schemas['NoticeView'];
type Told = Schemas['NoticeFinding'];

// NoticePage is what an institution was told on a day: each finding with its lines, until
// when it may explain, and what it has said.
export function NoticePage() {
  const { id = '' } = useParams();
  const { notices: say } = useMoney();
  const hospital = isHospital(useIdentity());
  const query = useQuery({ ...noticeQuery(id), enabled: !hospital });
  if (hospital) return <Navigate to={`/our/notices/${id}`} replace />; // from a message
  return (
    <Page
      title={`${say.one} ${query.data?.number ?? ''}`}
      lead={<Link to="/notices">{say.title}</Link>}
      actions={<PaperButtons path={`/v1/notices/${encodeURIComponent(id)}`} name={`notice-${id}`} formats={['pdf', 'json']} />}
    >
      <Loaded query={query}>{(notice) => <Whole notice={notice} />}</Loaded>
    </Page>
  );
}

// The last thing that an institution has said about a finding.
const saidBy = (finding: FindingDetail | undefined, institution: string) =>
  finding?.journal.filter((event) => event.action === 'explain' && event.institution_id === institution).at(-1);

function Whole({ notice }: { notice: Notice }) {
  const { notices: say } = useMoney();
  const { queue } = useTexts();
  const { language } = usePreferences();
  const nameOf = useInstitutionName();
  const findings = useQueries({ queries: notice.items.map((item) => findingQuery(item.finding_id)) });
  const standing = new Map(findings.map((query, i) => [notice.items[i]!.finding_id, query.data]));
  return (
    <>
      <Facts
        facts={[
          [queue.institution, nameOf(notice.institution_id)],
          [say.day, notice.day],
          [say.findings, count(notice.items.length)],
          [queue.columns.amount, <Money key="a" amount={notice.amount} />],
          [say.answered, `${notice.items.filter((item) => saidBy(standing.get(item.finding_id), notice.institution_id)).length} / ${notice.items.length}`],
        ]}
      />
      {!notice.complete && <Alert className="refusal" type="info" showIcon title={say.growing} />}
      <Table<Told>
        aria-label={say.findings}
        size="small"
        dataSource={notice.items}
        rowKey={(item) => item.finding_id}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          column(queue.severity, (item) => <SeverityTag severity={item.severity} />),
          column(queue.rule, (item) => (
            <Link to={`/findings/${item.finding_id}`}>
              {item.rule_name[language] || item.rule} <span className="code">{item.rule}</span>
            </Link>
          )),
          column(queue.columns.stay, (item) => <span className="code">{item.stay_id ?? item.person_id}</span>),
          column(say.lines, (item) => <span className="figures">{count(item.lines.length)}</span>, { align: 'right' }),
          moneyColumn(queue.columns.amount, (item) => item.amount),
          column(say.told, (item) => <span className="figures">{minute(item.notified_at)}</span>),
          column(say.due, (item) => <Deadline due={item.due_on} state={standing.get(item.finding_id)?.state ?? ''} provisional={item.due_provisional} />),
          column(queue.state, (item) => {
            const finding = standing.get(item.finding_id);
            return finding && <StateTag state={finding.state} />;
          }),
          column(
            say.statement,
            (item) => {
              const said = saidBy(standing.get(item.finding_id), notice.institution_id);
              return said ? (
                <span className="said">
                  <span className="weak figures">{minute(said.at)}</span> {said.text}
                </span>
              ) : (
                <span className="weak">{say.noStatement}</span>
              );
            },
            { className: 'wrap' },
          ),
        ]}
      />
    </>
  );
}
