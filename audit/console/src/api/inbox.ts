import { queryOptions } from '@tanstack/react-query';
import { answered, client } from './client';

// Whoever is told by a finding is told later than the finding comes: routes gather alerts
// for half a minute. So long after an event the inbox is read anew.
export const gathered = 45_000;

// unreadQuery counts what of the inbox was not read.
export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'] as const,
  queryFn: async ({ signal }) => (await answered(client.GET('/v1/inbox', { params: { query: { limit: '1' } }, signal }))).unread,
  staleTime: 10_000,
});
