import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { has, useIdentity } from '../api/session';
import { count, minute } from '../format';
import { column } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Section } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useFilters } from '../shell/useFilters';
import { useInbox } from './texts';

type Outcome = Schemas['Outcome'];
type Waiting = Schemas['Waiting'];
type Tested = Schemas['Tested'];

const rows = { pageSize: 50, hideOnSinglePage: true, showSizeChanger: false };

// Deliveries are the messages that are on their way, and how the latest ended: what failed
// stands first.
export function Deliveries() {
  const { alerts: texts } = useInbox();
  const query = useQuery({ queryKey: ['inbox', 'deliveries'], queryFn: ({ signal }) => answered(client.GET('/v1/alerts/deliveries', { signal })) });
  const [{ name }, set] = useFilters('name');
  return (
    <>
      <TestReceivers />
      <Loaded query={query}>
        {({ waiting, ended }) => {
          const failed = ended.filter((one) => one.outcome === 'failed');
          return (
            <>
              <Section title={texts.waiting(count(waiting.length))}>
                {waiting.length > 0 && (
                  <Table<Waiting>
                    size="small"
                    aria-label={texts.waiting('')}
                    dataSource={waiting}
                    rowKey={(one) => one.id + one.integration}
                    pagination={rows}
                    scroll={{ x: 'max-content' }}
                    columns={[
                      column(texts.columns.decided, (one) => <span className="figures">{minute(one.decided_at)}</span>),
                      column(texts.columns.receiver, (one) => one.integration),
                      column(texts.columns.alerts, (one) => count(one.alerts), { align: 'right' }),
                      column(texts.columns.id, (one) => <span className="code">{one.id.slice(0, 18)}</span>),
                    ]}
                  />
                )}
              </Section>
              <Section
                title={texts.failed(count(failed.length))}
                extra={
                  <Button type="link" onClick={() => set({ name: name === 'all' ? undefined : 'all' })}>
                    {name === 'all' ? texts.onlyFailed : texts.alsoDelivered(count(ended.length))}
                  </Button>
                }
              >
                <Table<Outcome>
                  size="small"
                  aria-label={texts.deliveries}
                  dataSource={name === 'all' ? ended : failed}
                  rowKey={(one) => one.id + one.integration}
                  pagination={rows}
                  scroll={{ x: 'max-content' }}
                  locale={{ emptyText: <span className="weak">{texts.noneFailed}</span> }}
                  columns={[
                    column(texts.columns.at, (one) => <span className="figures">{minute(one.at)}</span>),
                    column(texts.columns.receiver, (one) => one.integration),
                    column(texts.columns.outcome, (one) => <Ended how={one.outcome} />),
                    column(texts.columns.attempts, (one) => count(one.attempts), { align: 'right' }),
                    column(texts.columns.answer, (one) => <span className="cell" title={one.answer}>{one.answer}</span>),
                    column(texts.columns.id, (one) => <span className="code">{one.id.slice(0, 18)}</span>),
                  ]}
                />
              </Section>
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Ended({ how }: { how: Outcome['outcome'] }) {
  const { outcomes } = useInbox().alerts;
  return <Tag color={how === 'failed' ? 'red' : 'green'}>{outcomes[how]}</Tag>;
}

// TestReceivers sends a message that says nothing has happened to every receiver.
function TestReceivers() {
  const { alerts: texts } = useInbox();
  const { act, busy, problem } = useAct({ send: () => answered(client.POST('/v1/alerts/test')), stale: [], done: ({ items }) => setTested(items) });
  const [tested, setTested] = useState<Tested[]>();
  if (!has(useIdentity(), 'administrator')) return null;
  return (
    <>
      <p>
        <Button loading={busy} onClick={() => void act(undefined)}>
          {texts.test}
        </Button>{' '}
        <span className="weak">{texts.testHint}</span>
      </p>
      <Refusal problem={problem} />
      {tested && (
        <Table<Tested>
          size="small"
          className="section"
          aria-label={texts.test}
          dataSource={tested}
          rowKey={(one) => one.integration}
          pagination={false}
          columns={[column(texts.columns.receiver, (one) => one.integration), column(texts.columns.outcome, (one) => <Ended how={one.outcome} />), column(texts.columns.answer, (one) => one.answer)]}
        />
      )}
    </>
  );
}
