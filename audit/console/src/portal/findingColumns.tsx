import type { TableColumnType } from 'antd';
import type { Finding } from '../api/findings';
import { Deadline } from '../finding/Deadline';
import { StateTag } from '../finding/StateTag';
import { day, minute } from '../format';
import { column, moneyColumn } from '../shell/Listing';
import { FindingName } from './FindingName';
import { usePortal } from './texts';

// A term is nothing to worry about once the institution has answered.
const awaited = ({ state }: Finding) => state === 'notified' || state === 'lapsed';

// useFindingColumns are the columns of every list of an institution's findings.
export function useFindingColumns(): TableColumnType<Finding>[] {
  const { columns } = usePortal().findings;
  return [
    column(columns.rule, (f) => <FindingName finding={f} />),
    column(columns.stay, (f) => <span className="code">{f.stay_id}</span>),
    column(columns.person, (f) => <span className="code">{f.person_id}</span>),
    column(columns.days, (f) => f.from && day(f.from)),
    moneyColumn(columns.amount, (f) => f.amount),
    column(columns.state, (f) => <StateTag state={f.state} />),
    column(columns.due, (f) => <Deadline due={f.due_on} state={awaited(f) ? f.state : 'released'} provisional={f.due_provisional} />),
    column(columns.told, (f) => f.notified_at && minute(f.notified_at)),
  ];
}
