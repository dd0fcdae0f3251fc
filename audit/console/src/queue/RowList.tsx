import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

interface Props {
  label: string;
  className: string;
  head: ReactNode;
  count: number; // of rows that are loaded
  total: number; // of rows that there are: the list is as long from the beginning
  at: number; // the row that keys act on
  row: (index: number, offset: number) => ReactNode;
  nearEnd: () => void;
  place: string; // one list of rows; another starts at its top
}

const height = 34;

// Whoever scrolls fast is never at the end of what is loaded.
const ahead = 300;

// Where each list was left, for whoever comes back from a case.
const left = new Map<string, number>();

// RowList draws the rows that are on the screen, of however many.
export function RowList({ label, className, head, count, total, at, row, nearEnd, place }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- rows are memoized themselves
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingEnd: height, // the head stands above the rows
    initialOffset: left.get(place) ?? 0,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last + ahead >= count) nearEnd();
  }, [last, count, nearEnd]);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' });
  }, [at, rows]);
  return (
    <div
      ref={frame}
      className={`rows ${className}`}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-activedescendant={at >= 0 ? `row-${at}` : undefined}
      tabIndex={0}
      onScroll={(event) => left.set(place, event.currentTarget.scrollTop)}
    >
      {head}
      <div className="rows-body" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        {shown.map((item) => (item.index < count ? row(item.index, item.start) : <Coming key={item.key} offset={item.start} />))}
      </div>
    </div>
  );
}

// Coming keeps the place of a row that is still being read.
function Coming({ offset }: { offset: number }) {
  return (
    <div className="row coming" aria-hidden style={{ transform: `translateY(${offset}px)` }}>
      <span />
    </div>
  );
}
