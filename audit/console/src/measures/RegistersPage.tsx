import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { column } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Page } from '../shell/Page';
import { wordOf } from '../text';
import { deadlinesQuery } from './deadlines';
import { pluralOf, registersQuery, type Register } from './matters';
import { useMeasures, useWords } from './texts';
import { kindOf, lawOf } from './words';

// RegistersPage lists the registers of law, with what is coming due in each.
export function RegistersPage() {
  const words = useWords();
  const { register } = useMeasures();
  const due = useQuery(deadlinesQuery({})).data ?? [];
  const dueOf = (kind: string) => due.filter((d) => d.kind === kind);
  const figure = (n: number, tone?: string) => (n > 0 ? <span className={`figures ${tone ?? ''}`}>{n}</span> : <span className="weak">0</span>);
  return (
    <Page title={register.title} lead={register.lead}>
      <Loaded query={useQuery(registersQuery)}>
        {(all) => (
          <Table<Register>
            aria-label={register.title}
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={all.filter((r) => r.kind !== 'sanction')}
            rowKey={(r) => r.kind}
            columns={[
              column(register.name, (r) => <Link to={`/registers/${pluralOf(r)}`}>{kindOf(words, r.kind)}</Link>),
              column(register.purpose, (r) => wordOf(words.purposes, r.kind)),
              column(register.law, (r) => lawOf(words, r.steps[0]?.law ?? '')),
              column(register.due, (r) => figure(dueOf(r.kind).length), { align: 'right' }),
              column(register.overdue, (r) => figure(dueOf(r.kind).filter((d) => d.overdue).length, 'past'), { align: 'right' }),
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
