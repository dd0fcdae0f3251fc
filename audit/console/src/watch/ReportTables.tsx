import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { rulesQuery } from '../api/reference';
import { count } from '../format';
import { usePreferences } from '../preferences';
import { column, moneyColumn, number } from '../shell/Listing';
import { Section } from '../shell/Page';
import { useWatch } from './texts';

type Report = Schemas['Report'];
type RuleRow = Report['rules'][number];
type House = Report['institutions'][number];

// ReportTables are the report by rule and by institution.
export function ReportTables({ report }: { report: Report }) {
  const { report: texts } = useWatch();
  const { language } = usePreferences();
  const library = useQuery(rulesQuery).data;
  const first = dayjs(`${report.month}-01`);
  const within = `from=${first.format('YYYY-MM-DD')}&until=${first.add(1, 'month').format('YYYY-MM-DD')}`;
  return (
    <>
      <Section title={texts.byRule}>
        <Table<RuleRow>
          aria-label={texts.byRule}
          size="small"
          pagination={report.rules.length > 15 ? { pageSize: 15, size: 'small', showSizeChanger: false } : false}
          dataSource={report.rules}
          rowKey={(r) => r.rule}
          locale={{ emptyText: texts.nothing }}
          columns={[
            column(texts.rule, (r) => (
              <Link to={`/rules/${r.rule}`}>
                <span className="code">{r.rule}</span> {library?.get(r.rule)?.name[language] ?? r.name}
              </Link>
            )),
            column(texts.findings, (r) => count(r.findings), number),
            moneyColumn(texts.atIssue, (r) => r.at_issue),
            column(texts.confirmed, (r) => count(r.confirmed), number),
            column(texts.dismissed, (r) => count(r.dismissed), number),
            column(texts.hit, (r) => count(r.hit), number),
            column(texts.missed, (r) => count(r.not_evaluated), number),
          ]}
        />
      </Section>
      <Section title={texts.byInstitution}>
        <Table<House>
          aria-label={texts.byInstitution}
          size="small"
          pagination={report.institutions.length > 20 ? { pageSize: 20, size: 'small', showSizeChanger: false } : false}
          dataSource={report.institutions}
          rowKey={(h) => h.institution_id}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: texts.nothing }}
          columns={[
            column(texts.institution, (h) => <Link to={`/institutions/${h.institution_id}`}>{h.name}</Link>),
            column(texts.city, (h) => h.city),
            column(texts.records, (h) => count(h.records), number),
            column(texts.stays, (h) => count(h.stays), number),
            moneyColumn(texts.charged, (h) => h.charged),
            column(texts.findings, (h) => (h.findings ? <Link to={`/findings?institution_id=${h.institution_id}&${within}`}>{count(h.findings)}</Link> : '0'), number),
            moneyColumn(texts.atIssue, (h) => h.at_issue),
            column(texts.confirmed, (h) => count(h.confirmed), number),
            moneyColumn(texts.rejected, (h) => h.rejected),
            moneyColumn(texts.deducted, (h) => h.deducted),
            column(texts.lateRecords, (h) => count(h.late_records), number),
            column(texts.overdue, (h) => count(h.overdue), number),
          ]}
        />
      </Section>
    </>
  );
}
