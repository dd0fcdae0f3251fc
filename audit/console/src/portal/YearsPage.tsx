import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { useNow } from '../api/reference';
import { day } from '../format';
import { Failure } from '../shell/Failure';
import { column, moneyColumn } from '../shell/Listing';
import { Money } from '../shell/Money';
import { Nothing } from '../shell/Nothing';
import { Facts, Page, Section } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { Downloads } from './Downloads';
import './portal.css';
import { usePortal } from './texts';

// YearsPage is the year-end settlement: what of the bond comes back.
export function YearsPage() {
  const { years, months } = usePortal();
  const [search, setSearch] = useSearchParams();
  const now = useNow();
  const asked = Number(search.get('year'));
  const year = asked >= 2000 && asked < 2200 ? asked : now ? Number(day(now).slice(0, 4)) - 1 : undefined;
  const query = useQuery({
    queryKey: ['ours', 'year', year],
    queryFn: async ({ signal }) =>
      (await answered(client.GET('/v1/year-ends', { params: { query: { year: year!, format: 'json' } }, signal }))) as Schemas['YearEnd'],
    enabled: year !== undefined,
  });
  if (year === undefined) return <Waiting rows={12} />;
  const go = (to: number) => setSearch({ year: String(to) });
  const closed = query.data;
  return (
    <Page
      title={years.title}
      lead={years.lead}
      filters={
        <span className="month">
          <Button icon={<LeftOutlined />} aria-label={String(year - 1)} onClick={() => go(year - 1)} />
          <b className="figures" aria-label={months.year}>{year}</b>
          <Button icon={<RightOutlined />} aria-label={String(year + 1)} onClick={() => go(year + 1)} />
        </span>
      }
      actions={closed && <Downloads path={`/v1/year-ends?year=${year}`} name={`year-end-${year}`} formats={['pdf']} />}
    >
      {closed ? (
        <>
          <Facts
            facts={[
              [years.bond, <Money amount={closed.bond} />],
              [years.score, closed.score],
              [years.percent, `${closed.percent} %`],
              [years.returned, <b><Money amount={closed.returned} /></b>],
              [years.forfeited, <Money amount={closed.forfeited} />],
              [years.dueOn, closed.due_on],
            ]}
          />
          <Section title={years.months}>
            <Table<Schemas['YearMonth']>
              aria-label={years.months}
              size="small"
              pagination={false}
              dataSource={closed.months ?? []}
              rowKey="month"
              columns={[column(years.columns.month, (m) => m.month), moneyColumn(years.columns.retained, (m) => m.retained)]}
            />
          </Section>
        </>
      ) : query.error instanceof Problem && query.error.code === 'not_found' ? (
        <Nothing title={years.notClosed(String(year))} hint={years.notClosedHint} />
      ) : query.error ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Waiting rows={12} />
      )}
    </Page>
  );
}
