import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { day } from '../format';
import { Loaded } from '../shell/Loaded';
import { column, moneyColumn } from '../shell/Listing';
import { Money } from '../shell/Money';
import { Nothing } from '../shell/Nothing';
import { Facts, Page } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { Downloads } from './Downloads';
import { RuleName } from './FindingName';
import { MonthField, useMonth } from './MonthField';
import './portal.css';
import { rejectionsQuery } from './read';
import { usePortal } from './texts';

type Item = Schemas['RejectedItem'];

// ListsPage is the rejected-fee list of a month.
export function ListsPage() {
  const month = useMonth();
  return month ? <Month month={month} /> : <Waiting rows={12} />;
}

function Month({ month }: { month: string }) {
  const { lists } = usePortal();
  const query = useQuery(rejectionsQuery(month));
  const c = lists.columns;
  return (
    <Page
      title={lists.title}
      lead={lists.lead}
      filters={<MonthField month={month} />}
      actions={<Downloads path={`/v1/rejections?month=${month}`} name={`rejections-${month}`} formats={['pdf', 'xlsx', 'csv']} />}
    >
      <Loaded query={query}>
        {(list) =>
          !list.items?.length ? (
            <Nothing title={lists.empty(month)} hint={lists.emptyHint} />
          ) : (
            <>
              <Facts
                facts={[
                  [lists.number, list.number ?? '—'],
                  ['', <Tag color={list.sealed ? 'blue' : 'default'}>{list.sealed ? lists.sealed : lists.open}</Tag>],
                  [lists.lines, String(list.items.length)],
                  [lists.total, <b><Money amount={list.total} /></b>],
                ]}
              />
              <Table<Item>
                aria-label={lists.title}
                size="small"
                sticky
                pagination={list.items.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
                scroll={{ x: 'max-content' }}
                dataSource={list.items}
                rowKey={(item) => `${item.finding_id}|${item.kind}|${item.record_id}|${item.adjusts ?? ''}|${item.decided_at}`}
                columns={[
                  column(c.day, (i) => day(i.occurred_at)),
                  column(c.item, (i) => i.item_name || i.item_code),
                  column(c.stay, (i) => <span className="code">{i.stay_id}</span>),
                  column(c.record, (i) => <span className="code">{i.record_id}</span>),
                  column(c.rule, (i) => (
                    <Link to={`/our/findings/${i.finding_id}`}>
                      <RuleName code={i.rule} />
                    </Link>
                  )),
                  moneyColumn(c.claimed, (i) => i.claimed),
                  moneyColumn(c.rejected, (i) => i.rejected),
                  column(c.reason, (i) => i.reason, { className: 'mend' }),
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
