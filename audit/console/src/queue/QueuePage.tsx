import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, type InputRef } from 'antd';
import { useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { countsQuery } from '../api/findings';
import { count, money } from '../format';
import { useLive } from '../shell/LiveProvider';
import { useTexts } from '../text';
import { CaseList } from './CaseList';
import { FilterBar } from './FilterBar';
import { FindingList } from './FindingList';
import { addressOf, matches, viewOf, type View } from './filters';
import { StateBar } from './StateBar';

// QueuePage is where the day begins: what there is to decide.
export function QueuePage() {
  const { queue } = useTexts();
  const [address, setAddress] = useSearchParams();
  const view = useMemo(() => viewOf(address), [address]);
  const { data: counts } = useQuery({ ...countsQuery(view.filters), placeholderData: keepPreviousData });
  const { fresh, welcome } = useLive();
  const search = useRef<InputRef>(null);
  const change = (next: View) => setAddress(addressOf(next), { replace: true });
  const rules = useMemo(() => new Map(counts?.rules.map((r) => [r.name, r.findings])), [counts]);
  // Nobody works yet on what has just opened.
  const coming = useMemo(
    () => (view.filters.mine ? 0 : [...fresh.values()].filter((f) => matches(view.filters, f)).length),
    [fresh, view],
  );
  return (
    <div className="queue">
      <h1 className="sr-only">{queue.title}</h1>
      <FilterBar view={view} change={change} search={search} rules={rules} />
      <div className="states-line">
        <StateBar view={view} counts={counts} change={change} />
        <span className="grow" />
        {coming > 0 && (
          <Button size="small" type="primary" ghost onClick={welcome} aria-live="polite">
            {queue.fresh(coming)}
          </Button>
        )}
        {counts && <span className="total">{queue.total(count(counts.findings), money(counts.amount))}</span>}
      </div>
      {view.by === 'case' ? (
        <CaseList key={address.toString()} view={view} searchField={search} />
      ) : (
        <FindingList key={address.toString()} view={view} total={counts?.findings ?? 0} searchField={search} />
      )}
    </div>
  );
}
