import { queryOptions } from '@tanstack/react-query';
import { answered, client, type Schemas } from '../api/client';
import type { Finding } from '../api/findings';

// What an institution reads of its own. Everything under the key 'ours' is read anew when
// the stream tells of a finding.

export type State = Finding['state'];
export type Notice = Schemas['NoticeView'];
export type Deadline = Schemas['Deadline'];
export type Refused = Schemas['QuarantineItem'];

// The states that an institution sees: an open finding is none of its business yet.
export const states: State[] = ['notified', 'explained', 'lapsed', 'rejected', 'released', 'appealed', 'upheld', 'overturned', 'retracted'];

export interface FindingFilters {
  state?: State;
  rule?: string;
  stay_id?: string;
  sort?: 'amount' | 'due_on' | 'severity' | 'revised';
}

export const readFindings = (filters: FindingFilters, cursor: string, limit: string, signal: AbortSignal) =>
  answered(client.GET('/v1/findings', { params: { query: { sort: 'revised', ...filters, cursor, limit } }, signal }));

export const fewFindings = (filters: FindingFilters, few: string) =>
  queryOptions({ queryKey: ['ours', 'few', filters, few] as const, queryFn: ({ signal }) => readFindings(filters, '', few, signal) });

export const countsQuery = queryOptions({
  queryKey: ['ours', 'counts'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/findings/counts', { params: { query: {} }, signal })),
});

export const rejectionsQuery = (month: string) =>
  queryOptions({
    queryKey: ['ours', 'rejections', month] as const,
    queryFn: async ({ signal }) =>
      (await answered(client.GET('/v1/rejections', { params: { query: { month, format: 'json' } }, signal }))) as Schemas['RejectedList'],
  });

export const refusedQuery = queryOptions({
  queryKey: ['ours', 'refused', 'few'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/quarantine', { params: { query: { limit: 100 } }, signal })),
});

export const deadlinesQuery = queryOptions({
  queryKey: ['ours', 'deadlines', 'few'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/deadlines', { params: { query: { limit: '100' } }, signal })),
});

export const agreementsQuery = queryOptions({
  queryKey: ['ours', 'agreements'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/agreements', { params: { query: {} }, signal })),
});

// awaitedQuery tells which findings await a statement; what is not among them was answered,
// or its term has passed.
export const awaitedQuery = queryOptions({
  queryKey: ['ours', 'awaited'] as const,
  queryFn: async ({ signal }) => {
    const awaited = new Set<string>();
    for (let cursor = ''; ; ) {
      const page = await readFindings({ state: 'notified', sort: 'due_on' }, cursor, '1000', signal);
      for (const finding of page.items) awaited.add(finding.finding_id);
      if (!page.next) return awaited;
      cursor = page.next;
    }
  },
});
