import { useQuery } from '@tanstack/react-query';
import { Table, Tag, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { count, day, minute } from '../format';
import { usePreferences } from '../preferences';
import { column, moneyColumn } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Money } from '../shell/Money';
import { Nothing } from '../shell/Nothing';
import { Facts, Page } from '../shell/Page';
import { Person } from '../shell/Person';
import { useTexts } from '../text';
import { rejectedQuery, type RejectedItem } from './money';
import { PaperButtons } from './PaperButtons';
import { Sealed } from './Sealed';
import { useMoney } from './texts';

// RejectionPage is a rejected-fee list: each line says why, and leads to its finding.
export function RejectionPage() {
  const { institution = '', month = '' } = useParams();
  const { rejections: say } = useMoney();
  const { finding } = useTexts();
  const nameOf = useInstitutionName();
  const query = useQuery(rejectedQuery(institution, month));
  const path = `/v1/rejections?institution_id=${encodeURIComponent(institution)}&month=${month}`;
  return (
    <Page
      title={`${nameOf(institution)} ${month} ${say.one}`}
      lead={
        <>
          <Link to="/rejections">{say.title}</Link> / <Link to={`/settlements/${institution}/${month}`}>{say.settlement}</Link>
        </>
      }
      actions={<PaperButtons path={path} name={`rejections-${institution}-${month}`} />}
    >
      <Loaded query={query}>
        {(list) => (
          <>
            <Facts
              facts={[
                [say.state, <Sealed key="s" list={list} />],
                [say.number, list.number ?? say.unnumbered],
                [say.total, <b key="t"><Money amount={list.total} /></b>],
                [say.lines, count(list.items?.length ?? 0)],
                ...(list.sealed_at ? ([[say.sealedAt, minute(list.sealed_at)]] as [string, React.ReactNode][]) : []),
                ...(list.sealed_by ? ([[say.sealedBy, list.sealed_by.map((id, i) => <span key={id}>{i > 0 && ' / '}<Person id={id} /></span>)]] as [string, React.ReactNode][]) : []),
                ...(list.sha256
                  ? ([[say.hash, <Typography.Text key="h" className="code" copyable={{ text: list.sha256 }}>{list.sha256.slice(0, 16)}…</Typography.Text>]] as [string, React.ReactNode][])
                  : []),
              ]}
            />
            {(list.items ?? []).length === 0 ? <Nothing title={say.none} hint={finding.noLines} /> : <Lines items={list.items!} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Lines({ items }: { items: RejectedItem[] }) {
  const { rejections: say } = useMoney();
  const { language } = usePreferences();
  const rules = useQuery(rulesQuery).data;
  return (
    <Table<RejectedItem>
      aria-label={say.one}
      size="small"
      sticky
      dataSource={items}
      rowKey={(item) => `${item.finding_id}|${item.record_id}|${item.adjusts ?? ''}`}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      columns={[
        column(say.day, (item) => <span className="figures">{day(item.occurred_at)}</span>),
        column(say.stay, (item) => <span className="code">{item.stay_id}</span>),
        column(say.item, (item) => (
          <>
            {item.item_name} <span className="code weak">{item.item_code}</span> {item.adjusts && <Tag className="tag">{say.adjusts(item.adjusts)}</Tag>}
          </>
        ), { className: 'wrap' }),
        moneyColumn(say.claimed, (item) => item.claimed),
        moneyColumn(say.rejected, (item) => item.rejected),
        column(say.why, (item) => (
          <Link to={`/findings/${item.finding_id}`}>
            {rules?.get(item.rule)?.name[language] ?? item.rule} <span className="code">{item.rule}</span>
          </Link>
        )),
        column(say.reason, (item) => <span className="said">{item.reason}</span>, { className: 'wrap' }),
        column(say.statement, (item) => item.statement ? <span className="said">{item.statement}</span> : <span className="weak">{say.noStatement}</span>, { className: 'wrap' }),
        column(say.decided, (item) => (
          <span className="figures">
            {day(item.decided_at)} <Person id={item.decided_by} />
          </span>
        )),
      ]}
    />
  );
}
