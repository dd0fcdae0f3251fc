import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTexts } from '../text';
import { answered, client, type Schemas } from './client';
import { useSession } from './session';

export type Colleague = Schemas['ColleagueView'];

export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'] as const,
  queryFn: async ({ signal }) => {
    const people = new Map<string, Colleague>();
    for (let cursor = ''; ; ) {
      const page = await answered(client.GET('/v1/colleagues', { params: { query: { limit: '1000', cursor } }, signal }));
      for (const person of page.items) people.set(person.key_id, person);
      if (!page.next) return people;
      cursor = page.next;
    }
  },
  staleTime: 10 * 60_000,
});

// usePerson names who did something: by name, or by the first figures of the id where a
// key has no account.
export function usePerson(): (id: string) => string {
  const me = useSession().identity?.key_id;
  const people = useQuery(colleaguesQuery).data;
  const { queue } = useTexts();
  return (id) => (id === me ? queue.me : (people?.get(id)?.name ?? id.slice(0, 8)));
}
