import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnType } from 'antd';
import type { AnyObject } from 'antd/es/_util/type';
import type { ReactNode } from 'react';
import { useTexts } from '../text';
import { Failure } from './Failure';
import { Money } from './Money';
import { Nothing } from './Nothing';
import { Waiting } from './Waiting';

export interface PageOf<T> {
  items: T[];
  next?: string;
}

interface Props<T> {
  // name and filters are the key under which the list is kept, and by which it is read anew.
  name: readonly unknown[];
  read: (cursor: string, signal: AbortSignal) => Promise<PageOf<T>>;
  columns: TableColumnType<T>[];
  rowKey: (row: T) => string;
  label: string;
  empty: string;
  hint?: string;
  below?: (row: T) => ReactNode; // what unfolds under a row
  rowClassName?: (row: T) => string;
}

// Listing is a list of the API that comes in pages.
export function Listing<T extends AnyObject>({ name, read, columns, rowKey, label, empty, hint, below, rowClassName }: Props<T>) {
  const { answers } = useTexts();
  const query = useInfiniteQuery({
    queryKey: name,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });
  if (!query.data) return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Waiting rows={10} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Nothing title={empty} {...(hint ? { hint } : {})} />;
  return (
    <>
      <Table<T>
        aria-label={label}
        size="small"
        pagination={false}
        sticky
        dataSource={rows}
        columns={columns}
        rowKey={rowKey}
        scroll={{ x: 'max-content' }}
        {...(rowClassName ? { rowClassName } : {})}
        {...(below ? { expandable: { expandedRowRender: below } } : {})}
      />
      {query.hasNextPage && (
        <Button className="more no-print" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {answers.more}
        </Button>
      )}
      {query.isFetchNextPageError && <Failure error={query.error} retry={() => void query.fetchNextPage()} />}
    </>
  );
}

// moneyColumn is a column of amounts in yuan: right-aligned, below each other.
export const moneyColumn = <T,>(title: string, amount: (row: T) => string | null | undefined): TableColumnType<T> => ({
  title,
  align: 'right',
  key: title,
  render: (_, row) => <Money amount={amount(row)} />,
});

// column is a column of words.
export const column = <T,>(title: string, cell: (row: T) => ReactNode, more: TableColumnType<T> = {}): TableColumnType<T> => ({
  title,
  key: title,
  render: (_, row) => cell(row),
  ...more,
});

// number is a column of figures: right-aligned, each as wide as the other.
export const number = { align: 'right', className: 'number' } as const;
