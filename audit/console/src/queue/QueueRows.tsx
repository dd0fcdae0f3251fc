import type { ReactNode } from 'react';
import { useTexts } from '../text';
import { HeadCheck } from './HeadCheck';
import { RowList } from './RowList';
import type { Line, Rows } from './useRows';

interface Column {
  title: string;
  number?: true;
}

interface Props<T> {
  rows: Rows<T>;
  className: string;
  columns: Column[];
  total?: number; // of rows that there are, when more are still to be read
  row: (item: T, line: Line) => ReactNode;
}

// QueueRows draws the rows of the queue below their head.
export function QueueRows<T>({ rows, className, columns, total = 0, row }: Props<T>) {
  const { queue } = useTexts();
  const { items, names, all, clear, line, at, place, nearEnd } = rows;
  return (
    <RowList
      key={place}
      place={place}
      label={queue.title}
      className={className}
      count={items.length}
      total={Math.max(total, items.length)}
      at={at}
      nearEnd={nearEnd}
      head={
        <div className="row head-row" role="row">
          <HeadCheck selected={names.size} of={items.length} all={all} clear={clear} />
          {columns.map(({ title, number }) => (
            <span key={title} role="columnheader" className={number && 'number'}>
              {title}
            </span>
          ))}
        </div>
      }
      row={(index, offset) => row(items[index]!, line(index, offset))}
    />
  );
}
