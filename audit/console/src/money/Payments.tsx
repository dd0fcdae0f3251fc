import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import type { Schemas } from '../api/client';
import { minute } from '../format';
import { column, moneyColumn } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Money } from '../shell/Money';
import { Facts, Section } from '../shell/Page';
import { Person } from '../shell/Person';
import { useTexts } from '../text';
import { pay, paymentsQuery, type Signature } from './money';
import { State } from './State';
import { useMoney } from './texts';
import { TwoPersons } from './TwoPersons';

const Signed = ({ by }: { by: Signature | null }) =>
  by && (
    <span className="figures">
      <Person id={by.by} /> {minute(by.at)}
    </span>
  );

// Payments is what is owed and paid for a month or year. One person proposes a payment,
// another confirms it.
export function Payments({ institution, of }: { institution: string; of: string }) {
  const { payments: say } = useMoney();
  const { units } = useTexts();
  const query = useQuery(paymentsQuery(institution, of));
  return (
    <Section title={say.title}>
      <Loaded query={query} rows={3}>
        {(view) => {
          const proposed = view.items.find((payment) => payment.state === 'proposed');
          return (
            <>
              <Facts
                facts={[
                  [say.due, <Money key="d" amount={view.due} />],
                  [say.paid, <Money key="p" amount={view.paid} />],
                  [say.open, <b key="o"><Money amount={view.open} /></b>],
                  [say.payBy, view.pay_by],
                ]}
              />
              {(view.open !== '0.00' || proposed) && (
                <TwoPersons
                  proposed={proposed?.proposed ?? null}
                  words={{ propose: say.propose, confirm: say.confirm, follows: say.confirmFollows }}
                  pays={view.open}
                  send={(body, key) => pay(institution, of, body, key)}
                >
                  <b>
                    <Money amount={proposed?.amount} /> {units.yuan}
                  </b>
                </TwoPersons>
              )}
              {view.items.length > 0 && (
                <Table<Schemas['Payment']>
                  aria-label={say.title}
                  size="small"
                  pagination={false}
                  dataSource={view.items}
                  rowKey={(payment) => String(payment.proposed?.entry)}
                  scroll={{ x: 'max-content' }}
                  columns={[
                    moneyColumn(say.amount, (payment) => payment.amount),
                    column(say.state, (payment) => <State state={payment.state} />),
                    column(say.reference, (payment) => <span className="code">{payment.reference ?? ''}</span>),
                    column(say.proposed, (payment) => <Signed by={payment.proposed} />),
                    column(say.confirmed, (payment) => <Signed by={payment.confirmed} />),
                    column('', (payment) => (payment.in_time ? '' : <Tag color="red">{say.late}</Tag>)),
                  ]}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
