import { Table } from 'antd';
import type { Schemas } from '../api/client';
import { count } from '../format';
import { column, moneyColumn, number } from '../shell/Listing';
import { useWatch } from './texts';

type Month = Schemas['InstitutionMonth'];

// MonthsTable has the exact figures behind the chart.
export function MonthsTable({ months }: { months: Month[] }) {
  const { profile: texts } = useWatch();
  return (
    <Table<Month>
      aria-label={texts.months}
      size="small"
      pagination={false}
      dataSource={months.toReversed()}
      rowKey={(m) => m.month}
      columns={[
        column(texts.monthColumns.month, (m) => <span className="figures">{m.month}</span>),
        column(texts.monthColumns.records, (m) => count(m.records), number),
        column(texts.monthColumns.stays, (m) => count(m.stays), number),
        moneyColumn(texts.monthColumns.charged, (m) => m.charged),
        column(texts.monthColumns.findings, (m) => count(m.findings), number),
        moneyColumn(texts.monthColumns.atIssue, (m) => m.at_issue),
        column(texts.monthColumns.confirmed, (m) => count(m.confirmed), number),
        moneyColumn(texts.monthColumns.rejected, (m) => m.rejected),
        column(texts.monthColumns.late, (m) => count(m.late), number),
      ]}
    />
  );
}
