import type { Case, Finding } from '../api/findings';

// The trail is the queue as it was when somebody went into a case, so that the next
// case opens without going back.

interface Step {
  path: string;
  of: string; // the case that it belongs to
}

let steps: Step[] = [];
let queue = '/findings';

type Belonging = Pick<Case, 'institution_id' | 'stay_id' | 'person_id'>;

export const caseKey = ({ institution_id, stay_id, person_id }: Belonging): string =>
  [institution_id, stay_id ?? '', stay_id ? '' : (person_id ?? '')].join('|');

export const findingPath = (id: string): string => `/findings/${encodeURIComponent(id)}`;

const casePath = (c: Case): string =>
  c.stay_id ? `/stays/${encodeURIComponent(c.institution_id)}/${encodeURIComponent(c.stay_id)}` : findingPath(c.finding_ids[0] ?? '');

// pathOf is where whoever opens a row goes.
export const pathOf = (item: Finding | Case): string => ('finding_id' in item ? findingPath(item.finding_id) : casePath(item));

// leaveTrail keeps the queue at an address, with its filters, as it is now.
export function leaveTrail(items: readonly (Finding | Case)[], search: string): void {
  queue = `/findings${search}`;
  steps = items.map((item) => ({ path: pathOf(item), of: caseKey(item) }));
}

// nextCase is the first step behind the last one that belongs to this case.
export function nextCase(of: string): string | undefined {
  const here = steps.findIndex((step) => step.of === of);
  return here < 0 ? undefined : steps.find((step, at) => at > here && step.of !== of)?.path;
}

// afterCase is where whoever has decided goes on: the next case, or the queue after the
// last one; nowhere when no queue was left for this case.
export const afterCase = (of: string): string | undefined =>
  nextCase(of) ?? (steps.some((step) => step.of === of) ? queue : undefined);

// backToQueue is where whoever is in a case came from.
export const backToQueue = (): string => queue;

// Which row of each queue keys acted on last, for whoever comes back.
const rows = new Map<string, number>();

export const rowOf = (place: string): number => rows.get(place) ?? -1;

export const keepRow = (place: string, at: number): void => void rows.set(place, at);
