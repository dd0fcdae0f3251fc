import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Schemas } from './client';
import type { Finding, FindingDetail } from './findings';
import type { StreamMessage } from './stream';

export type LiveEvent = Finding & { change: 'opened' | 'revised' | 'retracted' | 'decided' };

type Pages = InfiniteData<Schemas['FindingListBody'], string>;

export const readEvent = (message: StreamMessage): LiveEvent | undefined =>
  message.event === 'finding' ? (JSON.parse(message.data) as LiveEvent) : undefined;

// An event does not say what is attributed to a finding: what was known stays.
function renewed(before: Finding, { change: _, ...now }: LiveEvent): Finding {
  const attributed = before.attributed === undefined ? {} : { attributed: before.attributed };
  return { ...attributed, ...now };
}

// renew puts the latest of each finding into every list where it stands. Rows neither
// come nor go: nobody loses the row that is being read.
export function renew(queries: QueryClient, events: ReadonlyMap<string, LiveEvent>): void {
  queries.setQueriesData<Pages>({ queryKey: ['findings'] }, (data) => {
    if (!data) return data;
    let touched = false;
    const pages = data.pages.map((page) => {
      if (!page.items.some((item) => events.has(item.finding_id))) return page;
      touched = true;
      return { ...page, items: page.items.map((item) => (events.has(item.finding_id) ? renewed(item, events.get(item.finding_id)!) : item)) };
    });
    return touched ? { ...data, pages } : data;
  });
  for (const [id, event] of events) {
    queries.setQueryData<FindingDetail>(['finding', id], (detail) => detail && { ...detail, ...renewed(detail, event) });
    void queries.invalidateQueries({ queryKey: ['finding', id] });
    if (event.stay_id) void queries.invalidateQueries({ queryKey: ['stay', event.institution_id, event.stay_id] });
  }
  void queries.invalidateQueries({ queryKey: ['counts'] });
  void queries.invalidateQueries({ queryKey: ['ours'] });
  void queries.invalidateQueries({ queryKey: ['status'] });
}

// unseen are the events about findings that opened and stand in no list on the screen.
export function unseen(queries: QueryClient, events: ReadonlyMap<string, LiveEvent>): [string, Finding][] {
  const opened = new Map([...events].filter(([, event]) => event.change === 'opened'));
  if (opened.size > 0) {
    for (const query of queries.getQueryCache().findAll({ queryKey: ['findings'], type: 'active' })) {
      for (const page of (query.state.data as Pages | undefined)?.pages ?? []) {
        for (const item of page.items) opened.delete(item.finding_id);
      }
    }
  }
  return [...opened];
}
