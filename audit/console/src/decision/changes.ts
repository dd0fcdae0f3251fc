import type { Finding } from '../api/findings';

// What can change under somebody who is about to decide.
const watched = ['amount', 'state', 'severity', 'revision', 'due_on', 'assignee'] as const;

export type Watched = (typeof watched)[number] | 'lines';

export interface Change {
  what: Watched;
  before: string;
  now: string;
}

const lines = (f: Finding) => f.lines.map((l) => `${l.institution_id} ${l.record_id} ${l.amount}`).join('\n');

// changesBetween tells what is no longer as it was seen.
export function changesBetween(before: Finding, now: Finding): Change[] {
  const changes: Change[] = [];
  for (const what of watched) {
    if (before[what] !== now[what]) changes.push({ what, before: String(before[what] ?? ''), now: String(now[what] ?? '') });
  }
  if (lines(before) !== lines(now)) changes.push({ what: 'lines', before: String(before.lines.length), now: String(now.lines.length) });
  return changes;
}
