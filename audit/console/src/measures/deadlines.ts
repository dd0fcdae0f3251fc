import { queryOptions } from '@tanstack/react-query';
import { answered, client, type Schemas } from '../api/client';
import { matterPath } from './matters';

export type Deadline = Schemas['Deadline'];

export interface DeadlineFilters {
  institution_id?: string;
  kind?: string;
  overdue?: boolean;
  until?: string;
}

// deadlinesQuery reads the whole list: overdue comes first, whatever its page.
export const deadlinesQuery = (filters: DeadlineFilters) =>
  queryOptions({
    queryKey: ['deadlines', filters] as const,
    queryFn: async ({ signal }) => {
      const all: Deadline[] = [];
      for (let cursor = ''; ; ) {
        const page = await answered(client.GET('/v1/deadlines', { params: { query: { ...filters, cursor, limit: '1000' } }, signal }));
        all.push(...page.items);
        if (!page.next) return all;
        cursor = page.next;
      }
    },
  });

// placeOf is where a deadline is worked on. Registers are found by their kind.
export function placeOf(d: Deadline, plurals: ReadonlyMap<string, string>): string | undefined {
  const plural = plurals.get(d.kind);
  if (plural) return matterPath(plural, d.of);
  switch (d.kind) {
    case 'statement':
    case 'lease':
      return `/findings/${d.of}`;
    case 'settlement':
      return `/settlements/${d.institution_id}/${d.of}`;
    case 'payment':
      return d.of.length === 4 ? `/year-ends/${d.institution_id}/${d.of}` : `/settlements/${d.institution_id}/${d.of}`;
    case 'year_end':
      return `/year-ends/${d.institution_id}/${d.of}`;
    case 'assessed_until':
      return matterPath('applications', d.of);
    default:
      return d.institution_id ? `/agreements?institution=${d.institution_id}` : undefined;
  }
}

export type Bucket = 'overdue' | 'today' | 'week' | 'later';

// bucketOf parts the list as an officer goes through it in the morning.
export const bucketOf = (d: Deadline, daysLeft: number): Bucket => (d.overdue ? 'overdue' : daysLeft <= 0 ? 'today' : daysLeft <= 7 ? 'week' : 'later');
