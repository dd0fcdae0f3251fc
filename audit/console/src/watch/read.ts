import { queryOptions } from '@tanstack/react-query';
import { answered, client, type Schemas } from '../api/client';

// What the pages of rules and of those who are watched read.

export type Backtest = Schemas['Backtest'];
export type Sum = Schemas['Sum'];

// sumsQuery reads all sums of coverage: a row an institution and rule.
export const sumsQuery = (filters: { institution_id?: string; rule?: string }) =>
  queryOptions({
    queryKey: ['coverage-sums', filters] as const,
    queryFn: async ({ signal }) => {
      const all: Sum[] = [];
      for (let cursor = ''; ; ) {
        const page = await answered(client.GET('/v1/coverage/sums', { params: { query: { ...filters, limit: '1000', cursor } }, signal }));
        all.push(...page.items);
        if (!page.next) return all;
        cursor = page.next;
      }
    },
  });

const running = new Set(['queued', 'running']);
export const isRunning = (b: Pick<Backtest, 'state'>): boolean => running.has(b.state);

// backtestQuery asks again while a backtest runs: no event tells how far it is.
export const backtestQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtest', id] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/backtests/{backtest_id}', { params: { path: { backtest_id: id } }, signal })),
    refetchInterval: (query) => (query.state.data && !isRunning(query.state.data) ? false : 1000),
  });

// citiesQuery reads which cities have institutions.
export const citiesQuery = queryOptions({
  queryKey: ['cities'] as const,
  queryFn: async ({ signal }) => {
    const { items } = await answered(client.GET('/v1/institutions', { params: { query: { limit: '1000' } }, signal }));
    return [...new Set(items.map((row) => row.city))].toSorted((a, b) => a.localeCompare(b, 'zh'));
  },
  staleTime: 10 * 60_000,
});

export const profileQuery = (id: string, until: string) =>
  queryOptions({
    queryKey: ['profile', id, until] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/institutions/{id}/profile', { params: { path: { id }, query: until ? { until } : {} }, signal })),
  });

export const healthQuery = (institution: string) =>
  queryOptions({
    queryKey: ['health', institution] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/uploads/health', { params: { query: { institution_id: institution } }, signal })),
  });
