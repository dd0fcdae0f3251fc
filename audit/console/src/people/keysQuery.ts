import { queryOptions } from '@tanstack/react-query';
import { answered, client } from '../api/client';
import { latestFirst, type Key } from './keys';

// keysQuery reads the whole list: what is latest stands first, and the API lists by id.
export const keysQuery = queryOptions({
  queryKey: ['keys'] as const,
  queryFn: async ({ signal }) => {
    const all: Key[] = [];
    for (let cursor = ''; ; ) {
      const page = await answered(client.GET('/v1/keys', { params: { query: { limit: '1000', cursor } }, signal }));
      all.push(...page.items);
      if (!page.next) return latestFirst(all);
      cursor = page.next;
    }
  },
});
