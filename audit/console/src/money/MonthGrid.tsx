import { useQueries, useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { DatePicker, Table, type TableColumnType } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { institutionsQuery, useInstitutionName, useNow } from '../api/reference';
import { day, sum } from '../format';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { Money } from '../shell/Money';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { Waiting } from '../shell/Waiting';
import { useTexts } from '../text';
import { before, monthsBack } from './months';
import { useMoney } from './texts';

interface Row<T> {
  institution: string;
  of: string; // month, or year
  data: T | undefined;
  failed: boolean;
}

export interface GridColumn<T> {
  title: string;
  cell?: (data: T, row: { institution: string; of: string }) => ReactNode;
  amount?: (data: T) => string | undefined; // right-aligned, added up below
}

interface Props<T> {
  title: string;
  lead: string;
  link: string; // /settlements
  years?: boolean;
  queryOf: (institution: string, of: string) => unknown;
  columns: GridColumn<T>[];
}

const shown = 20;

// MonthGrid shows a month of all institutions, or a year's months of one: each row is
// worked out by itself, and only those on the screen are.
export function MonthGrid<T>({ title, lead, link, years = false, queryOf, columns }: Props<T>) {
  const { queue, units } = useTexts();
  const say = useMoney().grid;
  const nameOf = useInstitutionName();
  const names = useQuery(institutionsQuery).data;
  const now = useNow();
  const [filters, set] = useFilters('institution', 'month', 'year');
  const [page, setPage] = useState(1);
  const today = now ? day(now) : undefined;
  const last = today && (years ? String(Number(today.slice(0, 4)) - 1) : before(today)); // what is settled next
  const chosen = (years ? filters.year : filters.month) ?? last;
  const all: [string, string][] = !chosen
    ? []
    : filters.institution
      ? (years ? Array.from({ length: 5 }, (_, i) => String(Number(chosen) - i)) : monthsBack(chosen, 12)).map((of) => [filters.institution!, of])
      : [...(names?.keys() ?? [])].map((institution) => [institution, chosen]);
  const visible = all.slice((page - 1) * shown, page * shown);
  const answers = useQueries({ queries: visible.map(([institution, of]) => queryOf(institution, of) as UseQueryOptions<T>) });
  const rows: Row<T>[] = visible.map(([institution, of], i) => ({ institution, of, data: answers[i]?.data as T | undefined, failed: answers[i]?.isError ?? false }));
  const known = rows.flatMap((row) => (row.data === undefined ? [] : [row.data]));
  const complete = known.length === rows.length && all.length === visible.length;
  const filled = (row: Row<T>, show: (data: T) => ReactNode) =>
    row.data !== undefined ? show(row.data) : row.failed ? <span className="weak">{units.none}</span> : <span className="weak">…</span>;
  const table: TableColumnType<Row<T>>[] = [
    { title: queue.institution, key: 'institution', render: (_, row) => <Link to={`${link}/${row.institution}/${row.of}`}>{nameOf(row.institution)}</Link> },
    { title: years ? say.year : say.month, key: 'of', render: (_, row) => <span className="figures">{row.of}</span> },
    ...columns.map(
      ({ title: head, cell, amount }): TableColumnType<Row<T>> => ({
        title: head,
        key: head,
        align: amount ? 'right' : 'left',
        render: (_, row) => filled(row, (data) => (amount ? <Money amount={amount(data)} /> : cell?.(data, row))),
      }),
    ),
  ];
  return (
    <Page
      title={title}
      lead={lead}
      filters={
        <>
          <InstitutionSelect value={filters.institution} onChange={(id) => (setPage(1), set({ institution: id }))} />
          <DatePicker
            picker={years ? 'year' : 'month'}
            value={chosen ? dayjs(years ? `${chosen}-01-01` : `${chosen}-01`) : null}
            aria-label={years ? say.year : say.month}
            allowClear={false}
            onChange={(date: dayjs.Dayjs | null) => set(years ? { year: date?.format('YYYY') } : { month: date?.format('YYYY-MM') })}
          />
          <span className="weak">{filters.institution ? say.ofOne : say.ofAll}</span>
        </>
      }
    >
      {!chosen || !names ? (
        <Waiting rows={10} />
      ) : (
        <Table<Row<T>>
          aria-label={title}
          size="small"
          dataSource={rows}
          columns={table}
          rowKey={(row) => `${row.institution}|${row.of}`}
          scroll={{ x: 'max-content' }}
          pagination={all.length > shown ? { current: page, pageSize: shown, total: all.length, onChange: setPage, showSizeChanger: false } : false}
          summary={() =>
            complete && known.length > 1 ? (
              <Table.Summary.Row>
                <Table.Summary.Cell index={0} colSpan={2}>
                  <b>{say.sum}</b>
                </Table.Summary.Cell>
                {columns.map(({ title: head, amount }, i) => (
                  <Table.Summary.Cell key={head} index={i + 2} align={amount ? 'right' : 'left'}>
                    {amount && (
                      <b>
                        <Money amount={sum(known.map((data) => amount(data) ?? '0.00'))} />
                      </b>
                    )}
                  </Table.Summary.Cell>
                ))}
              </Table.Summary.Row>
            ) : null
          }
        />
      )}
    </Page>
  );
}
