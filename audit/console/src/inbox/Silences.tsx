import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { usePerson } from '../api/people';
import { useNow } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { minute } from '../format';
import { column } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Nothing } from '../shell/Nothing';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { SilenceForm } from './SilenceForm';
import { useInbox } from './texts';

type Silence = Schemas['Silence'];

const latestFirst = (silences: Silence[]) => [...silences].sort((a, b) => b.from.localeCompare(a.from));

// Silences are who mutes what until when, with those that are over.
export function Silences() {
  const { alerts: texts } = useInbox();
  const me = useIdentity();
  const person = usePerson();
  const query = useQuery({ queryKey: ['inbox', 'silences'], queryFn: ({ signal }) => answered(client.GET('/v1/alerts/silences', { signal })) });
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Silence>();
  const { act, busy, problem, forget } = useAct({
    send: ({ id }: Silence) => client.DELETE('/v1/alerts/silences/{id}', { params: { path: { id } } }),
    stale: [['inbox']],
    done: () => setEnding(undefined),
  });
  const now = useNow();
  const mutes = has(me, 'reviewer', 'director', 'administrator');
  const holds = (s: Silence) => !s.expired_by && !(now && Date.parse(s.until) <= Date.parse(now));
  const mayEnd = (s: Silence) => mutes && holds(s) && (!me.city || s.city === me.city);
  return (
    <>
      <div className="page-filters">
        {mutes && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {texts.addSilence}
          </Button>
        )}
        <span className="weak">{texts.silencesLead}</span>
      </div>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={texts.noSilence} />
          ) : (
            <Table<Silence>
              size="small"
              aria-label={texts.silences}
              dataSource={latestFirst(items)}
              rowKey={({ id }) => id}
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              scroll={{ x: 'max-content' }}
              columns={[
                column(texts.columns.state, (s) => <Tag color={holds(s) ? 'gold' : 'default'}>{holds(s) ? texts.holds : texts.over}</Tag>),
                column(texts.columns.mutes, (s) => s.matchers.map((one) => <span key={one} className="code silence-of">{one}</span>)),
                column(texts.columns.reason, (s) => <span className="said">{s.reason}</span>, { className: 'wrap' }),
                column(texts.columns.by, (s) => person(s.by)),
                column(texts.columns.city, (s) => s.city),
                column(texts.columns.from, (s) => <span className="figures">{minute(s.from)}</span>),
                column(texts.columns.until, (s) => (
                  <span className="figures">
                    {minute(s.until)} {s.expired_by && <span className="weak">{texts.endedBy(person(s.expired_by))}</span>}
                  </span>
                )),
                column(
                  '',
                  (s) =>
                    mayEnd(s) && (
                      <Button size="small" onClick={() => setEnding(s)}>
                        {texts.endSilence}
                      </Button>
                    ),
                  { align: 'right' },
                ),
              ]}
            />
          )
        }
      </Loaded>
      {adding && <SilenceForm close={() => setAdding(false)} />}
      <Modal
        open={ending !== undefined}
        title={texts.endTitle}
        okText={texts.endSilence}
        okButtonProps={{ loading: busy }}
        cancelText={texts.cancel}
        onOk={() => ending && void act(ending)}
        onCancel={() => {
          setEnding(undefined);
          forget();
        }}
      >
        <Refusal problem={problem} />
        {texts.endText}
      </Modal>
    </>
  );
}
