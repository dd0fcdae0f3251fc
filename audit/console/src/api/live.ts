import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Schemas } from './client';
import { answered, client } from './client';
import type { Case, Finding, FindingDetail } from './findings';
import type { Filters } from '../queue/filters';
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
  renewCases(queries, events).catch(() => undefined); // whoever is cut off sees it by the light, and reads anew once back
  void queries.invalidateQueries({ queryKey: ['counts'] });
  void queries.invalidateQueries({ queryKey: ['ours'] });
  void queries.invalidateQueries({ queryKey: ['status'] });
}

type CasePages = InfiniteData<Schemas['CaseListBody'], string>;

const caseOf = (c: Pick<Case, 'institution_id' | 'stay_id' | 'person_id'>) => `${c.institution_id}|${c.stay_id}|${c.person_id}`;

// More cases than these at once are read with their list.
const mostCases = 20;

// renewCases reads the cases anew that events are about, each in the list where it stands.
// A case that a list's filters leave out by now stays in its place, as it is without them.
export async function renewCases(queries: QueryClient, events: ReadonlyMap<string, LiveEvent>): Promise<void> {
  for (const query of queries.getQueryCache().findAll({ queryKey: ['cases'], type: 'active' })) {
    const pages = (query.state.data as CasePages | undefined)?.pages ?? [];
    const touched = pages.flatMap((page) => page.items).filter((item) => item.finding_ids.some((id) => events.has(id)));
    if (touched.length === 0) continue;
    if (touched.length > mostCases) {
      void queries.invalidateQueries({ queryKey: query.queryKey });
      continue;
    }
    const filters = query.queryKey[1] as Filters;
    const fresh = new Map<string, Case>();
    for (const item of touched) {
      const of = { institution_id: item.institution_id, ...(item.stay_id ? { stay_id: item.stay_id } : {}), ...(item.person_id ? { person_id: item.person_id } : {}) };
      for (const wish of [{ ...filters, ...of }, of]) {
        const { items } = await answered(client.GET('/v1/cases', { params: { query: wish } }));
        const same = items.find((c) => caseOf(c) === caseOf(item));
        if (same) fresh.set(caseOf(item), same);
        if (same) break;
      }
    }
    queries.setQueryData<CasePages>(
      query.queryKey,
      (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => fresh.get(caseOf(item)) ?? item) })) },
    );
  }
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
