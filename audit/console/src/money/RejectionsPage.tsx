import { count } from '../format';
import { MonthGrid } from './MonthGrid';
import { rejectedQuery, type RejectedList } from './money';
import { Sealed } from './Sealed';
import { useMoney } from './texts';

// RejectionsPage lists the rejected-fee lists of a month, or of an institution.
export function RejectionsPage() {
  const { rejections: say } = useMoney();
  return (
    <MonthGrid<RejectedList>
      title={say.title}
      lead={say.lead}
      link="/rejections"
      queryOf={rejectedQuery}
      columns={[
        { title: say.state, cell: (list) => <Sealed list={list} /> },
        { title: say.number, cell: (list) => list.number ?? '' },
        { title: say.lines, cell: (list) => <span className="figures">{count(list.items?.length ?? 0)}</span> },
        { title: say.findings, cell: (list) => <span className="figures">{count(new Set(list.items?.map((item) => item.finding_id)).size)}</span> },
        { title: say.total, amount: (list) => list.total },
      ]}
    />
  );
}
