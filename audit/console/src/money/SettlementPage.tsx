import { useQuery } from '@tanstack/react-query';
import { Alert, Steps, Table } from 'antd';
import { Link, useParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { count, minute } from '../format';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Money } from '../shell/Money';
import { Page, Section } from '../shell/Page';
import { useTexts } from '../text';
import { Books } from './Books';
import { close, paymentsQuery, settlementQuery, type Settlement } from './money';
import { PaperButtons } from './PaperButtons';
import { Payments } from './Payments';
import { State } from './State';
import { useMoney } from './texts';
import { TwoPersons } from './TwoPersons';

// SettlementPage is the settlement of a month: what was claimed, what becomes of it, who
// closed it, and what was paid.
export function SettlementPage() {
  const { institution = '', month = '' } = useParams();
  const { settlements: say } = useMoney();
  const nameOf = useInstitutionName();
  const query = useQuery(settlementQuery(institution, month));
  return (
    <Page
      title={
        <>
          {nameOf(institution)} {month} {say.one} {query.data && <State state={query.data.state} />}
        </>
      }
      lead={
        <>
          <Link to="/settlements">{say.title}</Link> / <Link to={`/rejections/${institution}/${month}`}>{say.rejectedList}</Link>
        </>
      }
      actions={<PaperButtons path={`/v1/settlements?institution_id=${encodeURIComponent(institution)}&month=${month}`} name={`settlement-${institution}-${month}`} />}
    >
      <Loaded query={query}>{(settlement) => <Whole key={settlement.state} settlement={settlement} />}</Loaded>
    </Page>
  );
}

function Whole({ settlement: s }: { settlement: Settlement }) {
  const { settlements: say, two } = useMoney();
  const paid = useQuery({ ...paymentsQuery(s.institution_id, s.month), enabled: s.state === 'closed' }).data;
  const settled = paid !== undefined && paid.open === '0.00';
  const at = s.state === 'closed' ? (settled ? 4 : 2) : s.state === 'proposed' ? 1 : 0;
  return (
    <>
      <Steps
        className="course"
        size="small"
        current={at}
        items={[
          { title: say.course.open, content: say.course.openAbout },
          { title: say.course.proposed, content: s.proposed ? minute(s.proposed.at) : say.course.proposedAbout },
          { title: say.course.closed, content: s.closed ? minute(s.closed.at) : say.course.closedAbout },
          { title: say.course.paid, content: say.course.paidAbout(s.pay_by) },
        ]}
      />
      <Sums s={s} />
      {!s.complete && <Alert className="refusal" type="warning" showIcon title={say.incomplete} />}
      {s.state !== 'closed' && (
        <TwoPersons
          proposed={s.proposed}
          words={{ propose: say.propose, confirm: say.close, follows: say.closeFollows }}
          send={(body, key) => close(s.institution_id, s.month, body, key)}
        >
          {two.waits}
        </TwoPersons>
      )}
      {s.state === 'closed' && <Payments institution={s.institution_id} of={s.month} />}
      <Stays s={s} />
      {(s.adjustments ?? []).length > 0 && (
        <Section title={say.adjustments}>
          <Table<Schemas['Adjustment']>
            aria-label={say.adjustments}
            size="small"
            dataSource={s.adjustments ?? []}
            rowKey={(row) => `${row.month}|${row.record_id}|${row.kind}`}
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            scroll={{ x: 'max-content' }}
            columns={[column(say.ofMonth, (row) => <span className="figures">{row.month}</span>), ...lineColumns<Schemas['Adjustment']>(say)]}
          />
        </Section>
      )}
      {s.state !== 'open' && <PostedLines s={s} />}
      {s.state === 'closed' && <Books institution={s.institution_id} of={s.month} />}
    </>
  );
}

// Sums shows how the amounts of the month belong together.
function Sums({ s }: { s: Settlement }) {
  const { settlements: say } = useMoney();
  const { units } = useTexts();
  const terms: [string, string, string][] = [
    ['', say.claimed, s.claimed],
    ['−', say.rejected, s.rejected],
    ['−', say.notPayable, s.not_payable],
    ['−', say.onHold, s.on_hold],
    ['=', say.approved, s.approved],
    ['', say.retained, s.retained],
    ['', say.payable, s.payable],
  ];
  return (
    <div className="equation">
      {terms.map(([sign, name, amount], i) => (
        <div key={name} className={i > 4 ? 'term split' : i === 4 ? 'term result' : 'term'}>
          {sign && <span className="sign">{sign}</span>}
          <span>
            <span className="term-name">{name}</span>
            <Money amount={amount} />
          </span>
        </div>
      ))}
      <span className="hint">
        {say.yuan} · {say.base(s.bond_base === 'approved' ? say.bases.approved : say.bases.total)} ·{' '}
        {say.otherReading} <Money amount={s.bond_base === 'approved' ? s.readings.total.payable : s.readings.approved.payable} /> {units.yuan}
      </span>
    </div>
  );
}

function Stays({ s }: { s: Settlement }) {
  const { settlements: say } = useMoney();
  const { finding } = useTexts();
  return (
    <Section title={`${say.stays} (${count(s.claims?.length ?? 0)})`}>
      <Table<Schemas['Claim']>
        aria-label={say.stays}
        size="small"
        dataSource={s.claims ?? []}
        rowKey={(row) => `${row.stay_id}|${row.person_id}`}
        locale={{ emptyText: finding.noLines }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          column(say.stay, (row) =>
            row.stay_id ? (
              <Link className="code" to={`/stays/${s.institution_id}/${row.stay_id}`}>
                {row.stay_id}
              </Link>
            ) : (
              ''
            ),
          ),
          column(say.person, (row) => <span className="code">{row.person_id}</span>),
          column(say.lines, (row) => <span className="figures">{count(row.lines)}</span>, { align: 'right' }),
          moneyColumn(say.declared, (row) => row.declared_amount),
          moneyColumn(say.claimed, (row) => row.claimed),
          moneyColumn(say.rejected, (row) => row.rejected),
          moneyColumn(say.notPayable, (row) => row.not_payable),
          moneyColumn(say.onHold, (row) => row.on_hold),
          moneyColumn(say.approved, (row) => row.approved),
        ]}
      />
    </Section>
  );
}

type Line = Schemas['SettledLine'];

const lineColumns = <T extends Line | Schemas['Adjustment']>(say: ReturnType<typeof useMoney>['settlements']) => [
  column<T>(say.stay, (row) => <span className="code">{row.stay_id}</span>),
  column<T>(say.record, (row) => <span className="code">{row.record_id}</span>),
  moneyColumn<T>(say.claimed, (row) => row.claimed),
  moneyColumn<T>(say.rejected, (row) => row.rejected),
  moneyColumn<T>(say.notPayable, (row) => row.not_payable),
  moneyColumn<T>(say.onHold, (row) => row.on_hold),
  moneyColumn<T>(say.approved, (row) => row.approved),
  column<T>(say.because, (row) => row.not_payable_because ?? row.hold_id ?? ''),
];

function PostedLines({ s }: { s: Settlement }) {
  const { settlements: say } = useMoney();
  return (
    <Section title={`${say.posted} (${count(s.lines)})`}>
      <Listing<Line>
        name={['month', 'lines', s.institution_id, s.month]}
        read={(cursor, signal) =>
          answered(
            client.GET('/v1/settlements/{institution_id}/{month}/lines', {
              params: { path: { institution_id: s.institution_id, month: s.month }, query: { cursor, limit: '50' } },
              signal,
            }),
          )
        }
        rowKey={(row) => `${row.month}|${row.record_id}|${row.kind}`}
        label={say.posted}
        empty={say.noLines}
        columns={lineColumns<Line>(say)}
      />
    </Section>
  );
}
