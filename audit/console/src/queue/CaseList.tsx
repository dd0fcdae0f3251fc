import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, type InputRef } from 'antd';
import { useCallback, useMemo, useState, type RefObject } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { casesQuery } from '../api/findings';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { Problem } from '../api/problem';
import { allowedIn } from '../decision/allowed';
import type { Action } from '../decision/outbox';
import { useBulkDecision } from '../decision/useBulkDecision';
import { sum } from '../format';
import { usePreferences } from '../preferences';
import { Failure } from '../shell/Failure';
import { useKeys } from '../shell/keys';
import { Nothing } from '../shell/Nothing';
import { Waiting } from '../shell/Waiting';
import { useTexts } from '../text';
import { CaseRow } from './CaseRow';
import type { View } from './filters';
import { findingsOf, mostCases } from './findingsOf';
import { HeadCheck } from './HeadCheck';
import { RowList } from './RowList';
import { SelectionBar } from './SelectionBar';
import { caseKey, casePath, keepRow, leaveTrail, rowOf } from './trail';
import { useSelection } from './useSelection';

interface Props {
  view: View;
  searchField: RefObject<InputRef | null>;
}

// CaseList is the queue, a stay a row.
export function CaseList({ view, searchField }: Props) {
  const texts = useTexts();
  const { language } = usePreferences();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const nameOf = useInstitutionName();
  const library = useQuery(rulesQuery).data;
  const query = useInfiniteQuery(casesQuery(view.filters, view.sort));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { search } = useLocation();
  const place = JSON.stringify(view);
  const [at, setAt] = useState(() => rowOf(place));
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
      void navigate(casePath(item));
    },
    [items, navigate, search, place],
  );
  const { names, chosen, select, clear, all } = useSelection(items, caseKey);
  const bulk = useBulkDecision(clear);
  const subjects = () => (chosen.length > 0 ? chosen : items[at] ? [items[at]] : []);
  // What a case holds is read when it is decided: its findings as they are then.
  const decide = async (action: Action) => {
    const cases = subjects();
    if (cases.length > mostCases) return void message.info(texts.queue.tooManyCases(mostCases));
    try {
      bulk.decide(action, await findingsOf(cases, view.filters));
    } catch (error) {
      void message.error(error instanceof Problem && error.message ? error.message : texts.answers.unreachable);
    }
  };
  const move = (by: number) => setAt((before) => Math.max(0, Math.min(items.length - 1, before + by)));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: () => items[at] && select(at, !names.has(caseKey(items[at]))),
    Enter: () => open(at),
    n: () => void decide('notify'),
    r: () => void decide('reject'),
    a: () => void decide('release'),
    Escape: clear,
    '/': () => searchField.current?.focus({ cursor: 'all' }),
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
        className="of-cases"
        count={items.length}
        total={items.length}
        at={at}
        nearEnd={nearEnd}
        head={
          <div className="row head-row" role="row">
            <HeadCheck selected={names.size} of={items.length} all={all} clear={clear} />
            <span role="columnheader" className="number">
              {columns.findings}
            </span>
            <span role="columnheader">{texts.queue.severity}</span>
            <span role="columnheader">{columns.rule}</span>
            <span role="columnheader">{columns.institution}</span>
            <span role="columnheader">{columns.stay}</span>
            <span role="columnheader" className="number">
              {columns.amount}
            </span>
            <span role="columnheader">{columns.due}</span>
            <span role="columnheader">{columns.state}</span>
            <span role="columnheader" className="number">
              {columns.revised}
            </span>
          </div>
        }
        row={(index, offset) => {
          const item = items[index]!;
          return (
            <CaseRow
              key={caseKey(item)}
              item={item}
              ruleNames={item.rules.map((code) => library?.get(code)?.name[language] ?? code).join(language === 'zh' ? '、' : ', ')}
              institution={nameOf(item.institution_id)}
              index={index}
              current={index === at}
              selected={names.has(caseKey(item))}
              offset={offset}
              select={select}
              open={open}
            />
          );
        }}
      />
      <SelectionBar
        size={chosen.length}
        amount={sum(chosen.map((c) => c.amount))}
        possible={allowedIn(chosen.flatMap((c) => c.states))}
        decide={(action) => void decide(action)}
        clear={clear}
      />
      {bulk.dialog}
    </>
  );
}
