import type { operations } from '../api/schema';
import type { Finding } from '../api/findings';
import { fen, isAmount } from '../format';

type Query = NonNullable<operations['list-findings']['parameters']['query']>;

export type State = NonNullable<Query['state']>;
export type Severity = NonNullable<Query['severity']>;
export type Sort = NonNullable<Query['sort']>;

// Filters are what a queue shows. They live in the address, so that a view is a link.
export interface Filters {
  institution_id?: string;
  person_id?: string;
  stay_id?: string;
  physician_id?: string;
  item_code?: string;
  rule?: string;
  state?: State;
  severity?: Severity;
  from?: string;
  until?: string;
  min_amount?: string;
  suppressed?: 'true' | 'false';
  mine?: true;
}

export interface View {
  filters: Filters;
  sort: Sort;
  by: 'finding' | 'case';
}

export const states: State[] = [
  'open', 'notified', 'explained', 'lapsed', 'rejected', 'released', 'appealed', 'upheld', 'overturned', 'retracted',
];
export const severities: Severity[] = ['violation', 'suspicion', 'reminder'];
export const sorts: Sort[] = ['severity', 'amount', 'due_on', 'revised'];
export const usualSort: Sort = 'severity';

const oneOf = <T extends string>(words: readonly T[], word: string | null): T | undefined => words.find((w) => w === word);

const day = (text: string | null) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined);

// viewOf reads an address. What it does not know it leaves out: addresses are typed and age.
export function viewOf(search: URLSearchParams): View {
  const text = (name: string) => search.get(name)?.trim() || undefined;
  const least = text('min_amount');
  const filters = {
    institution_id: text('institution_id'),
    person_id: text('person_id'),
    stay_id: text('stay_id'),
    physician_id: text('physician_id'),
    item_code: text('item_code'),
    rule: text('rule'),
    state: oneOf(states, search.get('state')),
    severity: oneOf(severities, search.get('severity')),
    from: day(search.get('from')),
    until: day(search.get('until')),
    min_amount: least && isAmount(least) ? least : undefined,
    suppressed: oneOf(['true', 'false'] as const, search.get('suppressed')),
    mine: search.get('mine') === 'true' ? (true as const) : undefined,
  };
  return {
    filters: Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Filters,
    sort: oneOf(sorts, search.get('sort')) ?? usualSort,
    by: search.get('by') === 'case' ? 'case' : 'finding',
  };
}

// addressOf writes what viewOf reads, in one order and without what goes without saying.
export function addressOf({ filters, sort, by }: View): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of Object.keys(filters).sort() as (keyof Filters)[]) {
    const value = filters[name];
    if (value !== undefined) search.set(name, String(value));
  }
  if (sort !== usualSort) search.set('sort', sort);
  if (by !== 'finding') search.set('by', by);
  return search;
}

// matches says whether a finding belongs to a list as far as its row can tell; the
// server alone knows about spans of time, whose it is, and what its lines are of.
export function matches(filters: Filters, f: Finding): boolean {
  const is = (want: string | undefined, have: string | null) => want === undefined || want === have;
  return (
    is(filters.institution_id, f.institution_id) &&
    is(filters.person_id, f.person_id) &&
    is(filters.stay_id, f.stay_id) &&
    is(filters.rule, f.rule) &&
    is(filters.severity, f.severity) &&
    (filters.state === undefined ? f.state !== 'retracted' : f.state === filters.state) &&
    (filters.min_amount === undefined || fen(f.amount) >= fen(filters.min_amount)) &&
    (filters.suppressed === undefined || (filters.suppressed === 'true') === (f.suppressed_by !== null))
  );
}
