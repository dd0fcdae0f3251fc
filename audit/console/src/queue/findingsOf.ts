import { answered, client } from '../api/client';
import type { Case, Finding } from '../api/findings';
import type { Filters } from './filters';

// A decision about more cases than this is one about a list of findings.
export const mostCases = 50;

// findingsOf reads the findings of cases as they are now, with the filters by which the
// cases were chosen.
export async function findingsOf(cases: readonly Case[], filters: Filters): Promise<Finding[]> {
  const read = cases.slice(0, mostCases).map((c) =>
    answered(
      client.GET('/v1/findings', {
        params: {
          query: {
            ...filters,
            institution_id: c.institution_id,
            ...(c.stay_id ? { stay_id: c.stay_id } : c.person_id ? { person_id: c.person_id } : {}),
            limit: '1000',
          },
        },
      }),
    ),
  );
  const wanted = new Set(cases.flatMap((c) => c.finding_ids));
  return (await Promise.all(read)).flatMap((page) => page.items).filter((f) => wanted.has(f.finding_id));
}
