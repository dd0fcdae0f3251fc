import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { useIdentity } from '../api/session';
import { day, money } from '../format';
import { Failure } from '../shell/Failure';
import { Loaded } from '../shell/Loaded';
import { column, moneyColumn } from '../shell/Listing';
import { Money } from '../shell/Money';
import { Nothing } from '../shell/Nothing';
import { Facts, Page, Section } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { wordOf } from '../text';
import { Downloads } from './Downloads';
import { MonthField, useMonth } from './MonthField';
import './portal.css';
import { usePortal } from './texts';

type Settlement = Schemas['Settlement'];
type Claim = Schemas['Claim'];
type Payment = Schemas['Payment'];

const absent = (error: unknown) => error instanceof Problem && error.code === 'not_found';

// SettlementsPage is the settlement of a month, as it is worked out or was closed.
export function SettlementsPage() {
  const month = useMonth();
  return month ? <Month key={month} month={month} /> : <Waiting rows={12} />;
}

function Month({ month }: { month: string }) {
  const { settlements } = usePortal();
  const query = useQuery({
    queryKey: ['ours', 'settlement', month],
    queryFn: async ({ signal }) => (await answered(client.GET('/v1/settlements', { params: { query: { month, format: 'json' } }, signal }))) as Settlement,
  });
  return (
    <Page
      title={settlements.title}
      lead={settlements.lead}
      filters={<MonthField month={month} />}
      actions={query.data && <Downloads path={`/v1/settlements?month=${month}`} name={`settlement-${month}`} formats={['pdf', 'xlsx', 'csv']} />}
    >
      {query.data ? (
        <Sheet settlement={query.data} />
      ) : absent(query.error) ? (
        <Nothing title={settlements.notClosed(month)} hint={settlements.notClosedHint} />
      ) : query.error ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Waiting rows={12} />
      )}
    </Page>
  );
}

function Sheet({ settlement: s }: { settlement: Settlement }) {
  const { settlements: texts } = usePortal();
  const rows: [string, string, boolean?][] = [
    [texts.claimed, s.claimed],
    [texts.rejected, `-${s.rejected}`],
    [texts.notPayable, `-${s.not_payable}`],
    [texts.onHold, `-${s.on_hold}`],
    [texts.approved, s.approved, true],
    [texts.retained, `-${s.retained}`],
    [texts.payable, s.payable, true],
  ];
  return (
    <>
      <Facts
        facts={[
          [texts.number, s.number ?? '—'],
          [texts.state, <Tag color={s.state === 'closed' ? 'blue' : 'default'}>{wordOf(texts.stages.records, s.state)}</Tag>],
          [texts.payBy, s.pay_by],
        ]}
      />
      <Section title={texts.reckoning} extra={!s.complete && <span className="hint">{texts.preliminary}</span>}>
        <dl className="reckoned">
          {rows.map(([name, amount, total]) => (
            <div key={name} className={total ? 'total' : undefined}>
              <dt>{name}</dt>
              <dd>{signed(amount)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Paid month={s.month} />
      {(s.adjustments?.length ?? 0) > 0 && (
        <Section title={texts.adjustments}>
          <Table<Schemas['Adjustment']>
            aria-label={texts.adjustments}
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={s.adjustments ?? []}
            rowKey={(a) => `${a.month}|${a.kind}|${a.record_id}|${a.hold_id ?? ''}`}
            columns={[
              column(texts.columns.stay, (a) => <span className="code">{a.stay_id}</span>),
              moneyColumn(texts.columns.claimed, (a) => a.claimed),
              moneyColumn(texts.columns.rejected, (a) => a.rejected),
              moneyColumn(texts.columns.hold, (a) => a.on_hold),
              moneyColumn(texts.columns.approved, (a) => a.approved),
            ]}
          />
        </Section>
      )}
      <Section title={texts.stays}>
        <Stays claims={s.claims ?? []} />
      </Section>
    </>
  );
}

// signed writes what is taken off with a minus; what is given back twice negated is added.
function signed(amount: string): string {
  const plain = amount.startsWith('--') ? amount.slice(2) : amount;
  return plain === '-0.00' ? money('0.00') : money(plain);
}

function Stays({ claims }: { claims: Claim[] }) {
  const { settlements: texts } = usePortal();
  if (claims.length === 0) return <Nothing title={texts.noStays} />;
  return (
    <Table<Claim>
      aria-label={texts.stays}
      size="small"
      pagination={claims.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      dataSource={claims}
      rowKey={(c) => `${c.stay_id}|${c.person_id}`}
      columns={[
        column(texts.columns.stay, (c) => <span className="code">{c.stay_id}</span>),
        column(texts.columns.person, (c) => <span className="code">{c.person_id}</span>),
        moneyColumn(texts.columns.declared, (c) => c.declared_amount),
        moneyColumn(texts.columns.claimed, (c) => c.claimed),
        moneyColumn(texts.columns.rejected, (c) => c.rejected),
        moneyColumn(texts.columns.hold, (c) => c.on_hold),
        moneyColumn(texts.columns.approved, (c) => c.approved),
      ]}
    />
  );
}

function Paid({ month }: { month: string }) {
  const { settlements: texts } = usePortal();
  const { institution_id: own = '' } = useIdentity();
  const query = useQuery({
    queryKey: ['ours', 'payments', month],
    queryFn: ({ signal }) =>
      answered(client.GET('/v1/settlements/{institution_id}/{month}/payments', { params: { path: { institution_id: own, month } }, signal })),
    retry: false,
  });
  if (absent(query.error)) return null;
  return (
    <Section title={texts.payments}>
      <Loaded query={query} rows={2}>
        {(payments) => (
          <>
            <Facts
              facts={[
                [texts.paid, <Money amount={payments.paid} />],
                [texts.openSum, <Money amount={payments.open} />],
              ]}
            />
            {payments.items.length === 0 ? (
              <p className="weak">{texts.noPayments}</p>
            ) : (
              <Table<Payment>
                aria-label={texts.payments}
                size="small"
                pagination={false}
                dataSource={payments.items}
                rowKey={(p) => `${p.amount}|${p.reference ?? ''}|${p.confirmed?.at ?? ''}`}
                columns={[
                  column(texts.paymentColumns.day, (p) => p.confirmed && day(p.confirmed.at)),
                  moneyColumn(texts.paymentColumns.amount, (p) => p.amount),
                  column(texts.paymentColumns.reference, (p) => p.reference),
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
