import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { save } from '../api/files';
import { Deadline } from '../finding/Deadline';
import { day } from '../format';
import { Loaded } from '../shell/Loaded';
import { column } from '../shell/Listing';
import { Nothing } from '../shell/Nothing';
import { Page, Section } from '../shell/Page';
import { wordOf } from '../text';
import './portal.css';
import { agreementsQuery } from './read';
import { usePortal } from './texts';

type Matter = Schemas['MatterView'];
type Agreement = Schemas['AgreementView'];

const registers = ['sanctions', 'rectifications', 'document-requests', 'changes', 'renewals', 'disputes'] as const;

const readRegister = async (register: (typeof registers)[number], signal: AbortSignal): Promise<Matter[]> => {
  const { items } = await answered(client.GET(`/v1/${register}`, { params: { query: { limit: '1000' } }, signal }));
  return items ?? [];
};

// AffairsPage is what stands between the institution and the agency: agreements, measures,
// orders, papers that are asked for.
export function AffairsPage() {
  const { affairs } = usePortal();
  const agreements = useQuery(agreementsQuery);
  const matters = useQuery({
    queryKey: ['ours', 'matters'],
    queryFn: async ({ signal }) => {
      const all = await Promise.all(registers.map((register) => readRegister(register, signal)));
      return all.flat().sort((a, b) => Date.parse(b.opened_at) - Date.parse(a.opened_at));
    },
  });
  const c = affairs.columns;
  return (
    <Page title={affairs.title} lead={affairs.lead}>
      <Section title={affairs.agreements}>
        <Loaded query={agreements} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title={affairs.noAgreements} />
            ) : (
              <Table<Agreement>
                aria-label={affairs.agreements}
                size="small"
                pagination={false}
                scroll={{ x: 'max-content' }}
                dataSource={items}
                rowKey={(a) => `${a.kind}|${a.agreement_id}`}
                columns={[
                  column(c.number, (a) => <span className="code">{a.agreement_id}</span>),
                  column(c.kind, (a) => wordOf(affairs.kinds.records, a.kind)),
                  column(c.status, (a) => (
                    <>
                      <Tag color={a.status === 'active' ? 'green' : 'red'}>{wordOf(affairs.status.records, a.status)}</Tag>
                      {a.holdover && <span className="hint">{affairs.holdover}</span>}
                    </>
                  )),
                  column(c.from, (a) => a.term_from ?? a.from),
                  column(c.until, (a) => a.term_until ?? a.until),
                  column('', (a) => a.suspensions_counted > 0 && affairs.suspensions(a.suspensions_counted)),
                ]}
              />
            )
          }
        </Loaded>
      </Section>
      <Section title={affairs.measures}>
        <Loaded query={matters} rows={3}>
          {(items) =>
            items.length === 0 ? (
              <Nothing title={affairs.none} />
            ) : (
              <Table<Matter>
                aria-label={affairs.measures}
                size="small"
                pagination={false}
                scroll={{ x: 'max-content' }}
                dataSource={items}
                rowKey="id"
                columns={[
                  column(c.opened, (m) => day(m.opened_at)),
                  column(c.what, (m) => wordOf(affairs.registers.records, m.kind)),
                  column(c.number, (m) => <span className="code">{m.number}</span>),
                  column(c.status, (m) => wordOf(affairs.matterStates.records, m.state)),
                  column(c.due, (m) => m.due && <Deadline due={m.due.due_on} provisional={m.due.due_provisional} />),
                  column('', (m) =>
                    m.kind === 'sanction' ? (
                      <Button size="small" icon={<DownloadOutlined />} onClick={() => void save(`/v1/sanctions/${m.id}/letter`, `${m.number}.pdf`)}>
                        {affairs.letter}
                      </Button>
                    ) : null,
                  ),
                ]}
              />
            )
          }
        </Loaded>
      </Section>
    </Page>
  );
}
