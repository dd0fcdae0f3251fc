import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, Checkbox, type InputRef } from 'antd';
import { useCallback, useMemo, useState, type RefObject } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { findingsQuery, type Finding } from '../api/findings';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { mayDecide, useSession } from '../api/session';
import { allowedOn, needsReason, needsWhom } from '../decision/allowed';
import { BulkDialog } from '../decision/BulkDialog';
import { useOutbox } from '../decision/OutboxProvider';
import type { Action } from '../decision/outbox';
import { seen } from '../decision/seen';
import { usePreferences } from '../preferences';
import { Failure } from '../shell/Failure';
import { useKeys } from '../shell/keys';
import { Nothing } from '../shell/Nothing';
import { Waiting } from '../shell/Waiting';
import { useTexts } from '../text';
import { FindingRow } from './FindingRow';
import { matches, type View } from './filters';
import { RowList } from './RowList';
import { SelectionBar } from './SelectionBar';
import { findingPath, keepRow, leaveTrail, rowOf } from './trail';
import { useSelection } from './useSelection';

interface Props {
  view: View;
  total: number;
  searchField: RefObject<InputRef | null>;
}

// FindingList is the queue, a finding a row: chosen and decided by keys or by mouse.
export function FindingList({ view, total, searchField }: Props) {
  const texts = useTexts();
  const { language } = usePreferences();
  const { identity } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const outbox = useOutbox();
  const nameOf = useInstitutionName();
  const library = useQuery(rulesQuery).data;
  const query = useInfiniteQuery(findingsQuery(view.filters, view.sort));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { ids, chosen, select, clear, all } = useSelection(items);
  const { search } = useLocation();
  const place = JSON.stringify(view);
  const [at, setAt] = useState(() => rowOf(place));
  const [asked, setAsked] = useState<{ action: Action; findings: Finding[] }>();

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
  const decide = (action: Action) => {
    if (!mayDecide(identity)) return void message.info(texts.decide.readOnly);
    const findings = subjects().filter((f) => allowedOn(f).includes(action));
    if (findings.length === 0) return void message.info(texts.decide.notAllowed);
    if (needsReason(action) || needsWhom(action)) return setAsked({ action, findings });
    outbox.add({ action, findings: findings.map(seen) });
    clear();
  };
  const claim = () => {
    const findings = subjects();
    if (findings.length === 0) return;
    const mine = findings.every((f) => f.claim && f.claim.by === identity?.keyID);
    void outbox.send(outbox.add({ action: mine ? 'unclaim' : 'claim', findings: findings.map(seen) }));
    clear();
  };
  const move = (by: number) => setAt((before) => Math.max(0, Math.min(items.length - 1, before + by)));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: () => items[at] && select(at, !ids.has(items[at].finding_id)),
    Enter: () => open(at),
    n: () => decide('notify'),
    r: () => decide('reject'),
    a: () => decide('release'),
    c: claim,
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
            <span role="columnheader" className="check">
              <Checkbox
                aria-label={texts.queue.selectAll}
                checked={ids.size > 0 && ids.size === items.length}
                indeterminate={ids.size > 0 && ids.size < items.length}
                onChange={(event) => (event.target.checked ? all() : clear())}
              />
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
              selected={ids.has(item.finding_id)}
              passed={!matches(view.filters, item)}
              offset={offset}
              select={select}
              open={open}
            />
          );
        }}
      />
      <SelectionBar chosen={chosen} decide={decide} clear={clear} />
      {asked && (
        <BulkDialog
          {...asked}
          close={() => setAsked(undefined)}
          decide={(decision) => {
            outbox.add(decision);
            clear();
          }}
        />
      )}
    </>
  );
}
