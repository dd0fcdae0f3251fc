import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link, useParams } from 'react-router';
import type { Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { sum } from '../format';
import { column, moneyColumn } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Money } from '../shell/Money';
import { Facts, Page, Section } from '../shell/Page';
import { Books } from './Books';
import { close, yearQuery, type YearEnd } from './money';
import { PaperButtons } from './PaperButtons';
import { Payments } from './Payments';
import { State } from './State';
import { useMoney } from './texts';
import { TwoPersons } from './TwoPersons';

type Month = Schemas['YearMonth'];

// YearEndPage is the end of a year: its score, its bond, and what goes back.
export function YearEndPage() {
  const { institution = '', year = '' } = useParams();
  const { years: say } = useMoney();
  const nameOf = useInstitutionName();
  const query = useQuery(yearQuery(institution, year));
  return (
    <Page
      title={
        <>
          {nameOf(institution)} {year} {say.one} {query.data && <State state={query.data.state} />}
        </>
      }
      lead={
        <>
          <Link to="/year-ends">{say.title}</Link> / <Link to={`/registers/assessments?institution=${institution}`}>{say.assessment}</Link>
        </>
      }
      actions={<PaperButtons path={`/v1/year-ends?institution_id=${encodeURIComponent(institution)}&year=${year}`} name={`year-end-${institution}-${year}`} formats={['pdf', 'json']} />}
    >
      <Loaded query={query}>{(end) => <Whole key={end.state} end={end} />}</Loaded>
    </Page>
  );
}

function Whole({ end }: { end: YearEnd }) {
  const { years: say, two } = useMoney();
  const months = end.months ?? [];
  const of = String(end.year);
  return (
    <>
      <Facts
        facts={[
          [say.score, end.score || say.noScore],
          [say.percent, end.score ? `${end.percent}%` : ''],
          [say.bond, <Money key="b" amount={end.bond} />],
          [say.returned, <b key="r"><Money amount={end.returned} /></b>],
          [say.forfeited, <Money key="f" amount={end.forfeited} />],
          [say.dueOn, end.due_on],
        ]}
      />
      {end.state !== 'closed' && (
        <TwoPersons
          proposed={end.proposed}
          words={{ propose: say.propose, confirm: say.close, follows: say.closeFollows }}
          send={(body, key) => close(end.institution_id, of, body, key)}
        >
          {two.waits}
        </TwoPersons>
      )}
      {end.state === 'closed' && <Payments institution={end.institution_id} of={of} />}
      <Section title={say.months}>
        <Table<Month>
          aria-label={say.months}
          size="small"
          pagination={false}
          dataSource={months}
          rowKey={(month) => month.month}
          locale={{ emptyText: say.noMonths }}
          columns={[
            column(say.month, (month) => <Link to={`/settlements/${end.institution_id}/${month.month}`}>{month.month}</Link>),
            column(say.number, (month) => month.number),
            moneyColumn(say.approved, (month) => month.approved),
            moneyColumn(say.retained, (month) => month.retained),
          ]}
          summary={() =>
            months.length > 1 && (
              <Table.Summary.Row>
                <Table.Summary.Cell index={0} colSpan={2}>
                  <b>{say.sum}</b>
                </Table.Summary.Cell>
                <Table.Summary.Cell index={2} align="right">
                  <Money amount={sum(months.map((month) => month.approved))} />
                </Table.Summary.Cell>
                <Table.Summary.Cell index={3} align="right">
                  <Money amount={sum(months.map((month) => month.retained))} />
                </Table.Summary.Cell>
              </Table.Summary.Row>
            )
          }
        />
      </Section>
      {end.state === 'closed' && <Books institution={end.institution_id} of={of} />}
    </>
  );
}
