import { useQuery } from '@tanstack/react-query';
import { Alert, Table } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { count, minute } from '../format';
import { Loaded } from '../shell/Loaded';
import { column } from '../shell/Listing';
import { Nothing } from '../shell/Nothing';
import { Facts, Page, Section } from '../shell/Page';
import { useMend } from '../shell/refusals';
import { useTexts, wordOf } from '../text';
import './portal.css';
import { usePortal } from './texts';

type Health = Schemas['UploadHealth'];

const Chart = lazy(() => import('../chart/Chart').then((m) => ({ default: m.Chart })));

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

// HealthPage says how an institution's uploads are: late, with gaps, silent, refused.
export function HealthPage() {
  const { health } = usePortal();
  const query = useQuery({
    queryKey: ['ours', 'health'],
    queryFn: ({ signal }) => answered(client.GET('/v1/uploads/health', { params: { query: {} }, signal })),
  });
  return (
    <Page title={health.title} lead={health.lead}>
      <Loaded query={query}>{(data) => <Shown data={data} />}</Loaded>
    </Page>
  );
}

function Shown({ data }: { data: Health }) {
  const { health } = usePortal();
  const { units } = useTexts();
  const { lateness } = data;
  const some = (value: ReactNode) => (lateness.records > 0 ? value : units.none);
  const hours = (n: number | null) => (n === null ? units.none : health.hours(n.toFixed(1)));
  return (
    <>
      {data.silent && <Alert className="refusal" type="error" showIcon title={health.silent} />}
      <Facts
        facts={[
          [
            health.lastUpload,
            data.last_upload ? (
              <>
                {minute(data.last_upload)} <span className="weak">{data.silent_hours !== null && health.silentHours(data.silent_hours.toFixed(1))}</span>
              </>
            ) : (
              health.never
            ),
          ],
          [health.usualGap, hours(data.usual_gap_hours)],
          [health.late(String(lateness.limit_hours)), some(<span className={lateness.late_share > 0.05 ? 'past' : undefined}>{percent(lateness.late_share)}</span>)],
          [health.median, some(hours(lateness.median_hours))],
          [health.p95, some(hours(lateness.p95_hours))],
        ]}
      />
      <Section title={health.days}>
        <Suspense>
          <Days data={data} />
        </Suspense>
      </Section>
      <Refused data={data} />
      <Completeness data={data} />
      <Kinds data={data} />
    </>
  );
}

function Days({ data }: { data: Health }) {
  const { health, receipts } = usePortal();
  const { days } = data;
  if (days.length === 0) return <Nothing title={receipts.empty} />;
  const series = (name: string, of: (d: Health['days'][number]) => number) => ({ name, type: 'bar', stack: 'all', data: days.map(of) });
  return (
    <Chart
      label={health.days}
      option={{
        xAxis: { type: 'category', data: days.map((d) => d.day.slice(5)) },
        yAxis: { type: 'value' },
        series: [
          series(receipts.columns.accepted, (d) => d.accepted),
          series(receipts.columns.duplicate, (d) => d.duplicate),
          series(receipts.columns.refused, (d) => d.refused),
        ],
      }}
    />
  );
}

function Refused({ data }: { data: Health }) {
  const { receipts, refused, home } = usePortal();
  const mend = useMend();
  return (
    <Section title={receipts.refusedRecords} extra={<Link to="/our/refused">{home.all}</Link>}>
      {data.refused.length === 0 ? (
        <p className="weak">{receipts.noneRefused}</p>
      ) : (
        <Table<Schemas['RefusedCode']>
          aria-label={receipts.refusedRecords}
          size="small"
          pagination={false}
          dataSource={data.refused}
          rowKey="code"
          columns={[
            column(refused.code, (r) => <Link to={`/our/refused?code=${r.code}`}>{mend(r.code).what}</Link>),
            column(receipts.columns.records, (r) => count(r.records), { align: 'right' }),
            column(refused.columns.mend, (r) => mend(r.code).mend, { className: 'mend' }),
          ]}
        />
      )}
    </Section>
  );
}

function Completeness({ data }: { data: Health }) {
  const { health } = usePortal();
  return (
    <Section title={health.completeness}>
      <Table<Schemas['Completeness']>
        aria-label={health.completeness}
        size="small"
        pagination={false}
        dataSource={data.completeness}
        rowKey="name"
        columns={[
          column(health.what, (c) => wordOf(health.names.records, c.name)),
          column(health.missing, (c) => count(c.missing), { align: 'right' }),
          column(health.of, (c) => count(c.of), { align: 'right' }),
          column(health.share, (c) => <span className={c.share > 0.05 ? 'past' : undefined}>{percent(c.share)}</span>, { align: 'right' }),
          column(health.rule, (c) => c.rule && <Link to={`/handbook/${c.rule}`}>{c.rule}</Link>),
        ]}
      />
    </Section>
  );
}

function Kinds({ data }: { data: Health }) {
  const { health } = usePortal();
  const { records } = useTexts();
  return (
    <Section title={health.byKind}>
      <Table<Schemas['KindDelay']>
        aria-label={health.byKind}
        size="small"
        pagination={false}
        dataSource={data.lateness.kinds}
        rowKey="kind"
        columns={[
          column(health.kind, (k) => wordOf(records.kinds, k.kind)),
          column(health.records, (k) => count(k.records), { align: 'right' }),
          column(health.median, (k) => health.hours(k.median_hours.toFixed(1)), { align: 'right' }),
          column(health.p95, (k) => health.hours(k.p95_hours.toFixed(1)), { align: 'right' }),
          column(health.late(String(data.lateness.limit_hours)), (k) => percent(k.late_share), { align: 'right' }),
        ]}
      />
    </Section>
  );
}
