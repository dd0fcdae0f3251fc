import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { InputRef } from 'antd';
import { useCallback, useMemo, useState, type ReactNode, type RefObject } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Case, Finding } from '../api/findings';
import { Failure } from '../shell/Failure';
import { useKeys } from '../shell/keys';
import { Nothing } from '../shell/Nothing';
import { Waiting } from '../shell/Waiting';
import { useTexts } from '../text';
import type { View } from './filters';
import { keepRow, leaveTrail, pathOf, rowOf } from './trail';
import { useSelection, type Selection } from './useSelection';

// Line is what a row knows of its list. It is compared value by value: a key paints one row.
export interface Line {
  index: number;
  offset: number;
  current: boolean; // keys act on it
  selected: boolean;
  select: (index: number, to: boolean, range: boolean) => void;
  open: (index: number) => void;
}

export interface Rows<T> extends Selection<T> {
  items: T[];
  at: number; // the row that keys act on
  place: string; // one list of rows; another starts at its top
  line: (index: number, offset: number) => Line;
  subjects: () => T[]; // what a decision is about: all that is selected, or the row that keys act on
  nearEnd: () => void;
  instead: ReactNode; // what is shown while there are no rows
}

interface Props<T> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>;
  view: View;
  nameOf: (item: T) => string; // one function for good
  searchField: RefObject<InputRef | null>;
}

// useRows is a list of the queue, whatever stands in its rows: gone through by keys, selected,
// read on as it is scrolled, and left for a case with a trail behind.
export function useRows<T extends Finding | Case>({ query, view, nameOf, searchField }: Props<T>): Rows<T> {
  const { queue } = useTexts();
  const navigate = useNavigate();
  const { search } = useLocation();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const selection = useSelection(items, nameOf);
  const { names, chosen, select, clear } = selection;
  const place = JSON.stringify(view);
  const [at, setAt] = useState(() => rowOf(place));
  const nearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(
    (index: number) => {
      const item = items[index];
      if (!item) return;
      leaveTrail(items, search);
      keepRow(place, index);
      void navigate(pathOf(item));
    },
    [items, navigate, search, place],
  );
  const line = (index: number, offset: number) => ({ index, offset, current: index === at, selected: names.has(nameOf(items[index]!)), select, open });
  const subjects = () => (chosen.length > 0 ? chosen : items[at] ? [items[at]] : []);
  const move = (by: number) => setAt((before) => Math.max(0, Math.min(items.length - 1, before + by)));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: () => items[at] && select(at, !names.has(nameOf(items[at]))),
    Enter: () => open(at),
    '/': () => searchField.current?.focus({ cursor: 'all' }),
    Escape: clear,
  });
  let instead: ReactNode;
  if (query.isPending) instead = <Waiting rows={16} />;
  else if (items.length === 0) instead = error ? <Failure error={error} retry={() => void query.refetch()} /> : <Nothing title={queue.empty} hint={queue.emptyHint} />;
  return { ...selection, items, at, place, line, subjects, nearEnd, instead };
}
