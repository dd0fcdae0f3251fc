import { MonthGrid } from './MonthGrid';
import { settlementQuery, type Settlement } from './money';
import { State } from './State';
import { useMoney } from './texts';

// SettlementsPage lists the settlements of a month, or of an institution.
export function SettlementsPage() {
  const { settlements: say } = useMoney();
  return (
    <MonthGrid<Settlement>
      title={say.title}
      lead={say.lead}
      link="/settlements"
      queryOf={settlementQuery}
      columns={[
        { title: say.state, cell: (s) => <State state={s.state} /> },
        { title: say.claimed, amount: (s) => s.claimed },
        { title: say.rejected, amount: (s) => s.rejected },
        { title: say.notPayable, amount: (s) => s.not_payable },
        { title: say.onHold, amount: (s) => s.on_hold },
        { title: say.approved, amount: (s) => s.approved },
        { title: say.retained, amount: (s) => s.retained },
        { title: say.payable, amount: (s) => s.payable },
        { title: say.payBy, cell: (s) => <span className="figures">{s.pay_by}</span> },
        { title: say.number, cell: (s) => s.number ?? '' },
      ]}
    />
  );
}
