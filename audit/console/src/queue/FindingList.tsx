import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InputRef } from 'antd';
import { useCallback, useMemo, useState, type RefObject } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { findingsQuery, type Finding } from '../api/findings';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { allowedOn } from '../decision/allowed';
import { useBulkDecision } from '../decision/useBulkDecision';
import { sum } from '../format';
import { usePreferences } from '../preferences';
import { Failure } from '../shell/Failure';
import { useKeys } from '../shell/keys';
import { Nothing } from '../shell/Nothing';
import { Waiting } from '../shell/Waiting';
import { useTexts } from '../text';
import { FindingRow } from './FindingRow';
import { matches, type View } from './filters';
import { HeadCheck } from './HeadCheck';
import { RowList } from './RowList';
import { SelectionBar } from './SelectionBar';
import { findingPath, keepRow, leaveTrail, rowOf } from './trail';
import { useSelection } from './useSelection';

const idOf = (finding: Finding) => finding.finding_id;

interface Props {
  view: View;
  total: number;
  searchField: RefObject<InputRef | null>;
}

// FindingList is the queue, a finding a row: chosen and decided by keys or by mouse.
export function FindingList({ view, total, searchField }: Props) {
  const texts = useTexts();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const nameOf = useInstitutionName();
  const library = useQuery(rulesQuery).data;
  const query = useInfiniteQuery(findingsQuery(view.filters, view.sort));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { names, chosen, select, clear, all } = useSelection(items, idOf);
  const bulk = useBulkDecision(clear);
  const { search } = useLocation();
  const place = JSON.stringify(view);
  const [at, setAt] = useState(() => rowOf(place));
  const possible = useMemo(() => chosen.flatMap((f) => allowedOn(f)), [chosen]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const nearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(
    (index: number) => {
      const item = items[index];
      if (!item) return;
      leaveTrail(items, search);
      keepRow(place, index);
      void navigate(findingPath(item.finding_id));
    },
    [items, navigate, search, place],
  );

  const subjects = () => (chosen.length > 0 ? chosen : items[at] ? [items[at]] : []);
  const move = (by: number) => setAt((before) => Math.max(0, Math.min(items.length - 1, before + by)));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: () => items[at] && select(at, !names.has(items[at].finding_id)),
    Enter: () => open(at),
    n: () => bulk.decide('notify', subjects()),
    r: () => bulk.decide('reject', subjects()),
    a: () => bulk.decide('release', subjects()),
    c: () => bulk.claim(subjects()),
    '/': () => searchField.current?.focus({ cursor: 'all' }),
    Escape: clear,
  });

  if (query.isPending) return <Waiting rows={16} />;
  if (query.error && items.length === 0) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (items.length === 0) return <Nothing title={texts.queue.empty} hint={texts.queue.emptyHint} />;
  const columns = texts.queue.columns;
  return (
    <>
      <RowList
        key={place}
        place={place}
        label={texts.queue.title}
        className="of-findings"
        count={items.length}
        total={hasNextPage ? Math.max(total, items.length) : items.length}
        at={at}
        nearEnd={nearEnd}
        head={
          <div className="row head-row" role="row">
            <HeadCheck selected={names.size} of={items.length} all={all} clear={clear} />
            <span role="columnheader">{texts.queue.severity}</span>
            <span role="columnheader">{columns.rule}</span>
            <span role="columnheader">{columns.institution}</span>
            <span role="columnheader">{columns.stay}</span>
            <span role="columnheader" className="number">
              {columns.amount}
            </span>
            <span role="columnheader">{columns.due}</span>
            <span role="columnheader">{columns.state}</span>
            <span role="columnheader">{columns.worker}</span>
            <span role="columnheader" className="number">
              {columns.revised}
            </span>
          </div>
        }
        row={(index, offset) => {
          const item = items[index]!;
          return (
            <FindingRow
              key={item.finding_id}
              finding={item}
              ruleName={library?.get(item.rule)?.name[language] ?? ''}
              institution={nameOf(item.institution_id)}
              index={index}
              current={index === at}
              selected={names.has(item.finding_id)}
              passed={!matches(view.filters, item)}
              offset={offset}
              select={select}
              open={open}
            />
          );
        }}
      />
      <SelectionBar
        size={chosen.length}
        amount={sum(chosen.map((f) => f.amount))}
        possible={possible}
        decide={(action) => bulk.decide(action, chosen)}
        clear={clear}
      />
      {bulk.dialog}
    </>
  );
}
