import { queryOptions, useQuery } from '@tanstack/react-query';
import { answered, client, type Schemas } from './client';
import { isHospital, useSession } from './session';

// What changes seldom: the rules, the names of institutions, the clock.

export type Rule = Schemas['RuleView'];
export type RuleDetail = Schemas['RuleAnswerBody'];

const seldom = 10 * 60_000;

export const rulesQuery = queryOptions({
  queryKey: ['rules'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/rules', { signal })),
  select: ({ items }) => new Map(items.map((rule) => [rule.code, rule])),
  staleTime: seldom,
});

export const ruleQuery = (code: string) =>
  queryOptions({
    queryKey: ['rule', code] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/rules/{code}', { params: { path: { code } }, signal })),
    staleTime: seldom,
  });

export const institutionsQuery = queryOptions({
  queryKey: ['institutions'] as const,
  queryFn: async ({ signal }) => {
    const names = new Map<string, string>();
    for (let cursor = ''; ; ) {
      const page = await answered(
        client.GET('/v1/reference/{table}', { params: { path: { table: 'institutions' }, query: { limit: '1000', cursor } }, signal }),
      );
      for (const { row } of page.items) names.set(String(row['institution_id']), String(row['name']));
      if (!page.next) return names;
      cursor = page.next;
    }
  },
  staleTime: seldom,
});

export const statusQuery = queryOptions({
  queryKey: ['status'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/status', { signal })),
});

// useNow is the product's clock: deadlines count by it, not by the browser's.
export const useNow = (): string | undefined => useQuery(statusQuery).data?.as_of ?? undefined;

// An institution reads no table; its own name is with its agreement.
const ownNameQuery = queryOptions({
  queryKey: ['institutions', 'own'] as const,
  queryFn: async ({ signal }) => {
    const { items } = await answered(client.GET('/v1/agreements', { params: { query: {} }, signal }));
    return new Map(items.map((agreement) => [agreement.institution_id, agreement.name]));
  },
  staleTime: seldom,
});

export function useInstitutionName(): (id: string) => string {
  const { identity } = useSession();
  const hospital = identity !== undefined && isHospital(identity);
  const all = useQuery({ ...institutionsQuery, enabled: !hospital }).data;
  const own = useQuery({ ...ownNameQuery, enabled: hospital }).data;
  const names = all ?? own;
  return (id) => names?.get(id) ?? id;
}
