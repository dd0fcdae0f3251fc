import { MonthGrid } from './MonthGrid';
import { yearQuery, type YearEnd } from './money';
import { State } from './State';
import { useMoney } from './texts';

// YearEndsPage lists the bonds of a year, and what goes back.
export function YearEndsPage() {
  const { years: say } = useMoney();
  return (
    <MonthGrid<YearEnd>
      title={say.title}
      lead={say.lead}
      link="/year-ends"
      years
      queryOf={yearQuery}
      columns={[
        { title: say.state, cell: (y) => <State state={y.state} /> },
        { title: say.score, cell: (y) => <span className="figures">{y.score || say.noScore}</span> },
        { title: say.percent, cell: (y) => <span className="figures">{y.score ? `${y.percent}%` : ''}</span> },
        { title: say.bond, amount: (y) => y.bond },
        { title: say.returned, amount: (y) => y.returned },
        { title: say.forfeited, amount: (y) => y.forfeited },
        { title: say.dueOn, cell: (y) => <span className="figures">{y.due_on}</span> },
      ]}
    />
  );
}
