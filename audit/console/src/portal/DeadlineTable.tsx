import { Table } from 'antd';
import { Link } from 'react-router';
import { Deadline } from '../finding/Deadline';
import { column } from '../shell/Listing';
import { wordOf } from '../text';
import type { Deadline as Due } from './read';
import { usePortal } from './texts';

// useDeadlineColumns are the columns of what is coming due.
export function useDeadlineColumns() {
  const { deadlines, law, laws, affairs } = usePortal();
  const what = (kind: string) => wordOf({ ...affairs.registers.records, ...deadlines.records }, kind);
  return [
    column<Due>(deadlines.columns.due, (d) => <Deadline due={d.due_on} provisional={d.due_provisional} />),
    column<Due>(deadlines.columns.what, (d) => what(d.kind)),
    column<Due>(deadlines.columns.of, (d) => <Of due={d} />),
    column<Due>(deadlines.columns.law, ({ law: basis }) => basis && basis.replace(/^(\S+) (.*)$/, (_, named: string, article: string) => law(wordOf(laws.records, named), article))),
  ];
}

export const deadlineKey = (d: Due) => [d.kind, d.of, d.due_on].join('|');

export function DeadlineTable({ rows }: { rows: Due[] }) {
  const { deadlines } = usePortal();
  return <Table<Due> aria-label={deadlines.title} size="small" pagination={false} scroll={{ x: 'max-content' }} dataSource={rows} columns={useDeadlineColumns()} rowKey={deadlineKey} />;
}

function Of({ due: { kind, of, number } }: { due: Due }) {
  if (kind === 'statement') return <Link className="code" to={`/our/findings/${of}`}>{of?.slice(0, 14)}</Link>;
  if (kind === 'settlement' || kind === 'payment') return <Link to={`/our/settlements?month=${of}`}>{of}</Link>;
  if (kind === 'year_end') return <Link to={`/our/years?year=${of}`}>{of}</Link>;
  return <>{number ?? of}</>;
}
