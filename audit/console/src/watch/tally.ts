import type { Schemas } from '../api/client';
import type { Sum } from './read';

// What is added up for pages, of what the API gives by rule or by institution and rule.

export interface Tally {
  stays: number;
  hit: number;
  pass: number;
  not_evaluated: number;
  reasons: [reason: string, stays: number][]; // the most frequent first
}

// tallyBy adds sums of coverage up: by rule, by institution.
export function tallyBy(sums: Sum[], name: (sum: Sum) => string): Map<string, Tally> {
  const tallies = new Map<string, Tally & { by: Map<string, number> }>();
  for (const sum of sums) {
    const key = name(sum);
    let tally = tallies.get(key);
    if (!tally) tallies.set(key, (tally = { stays: 0, hit: 0, pass: 0, not_evaluated: 0, reasons: [], by: new Map() }));
    tally.stays += sum.stays;
    tally.hit += sum.hit;
    tally.pass += sum.pass;
    tally.not_evaluated += sum.not_evaluated;
    for (const { reason, stays } of sum.reasons) tally.by.set(reason, (tally.by.get(reason) ?? 0) + stays);
  }
  return new Map(
    [...tallies].map(([key, { by, ...tally }]) => [key, { ...tally, reasons: [...by].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])) }]),
  );
}

// share writes a part of a whole in per cent; empty when there is no whole.
export const share = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`);

// What officers came to think of a rule: of the findings that were decided, those that
// stand. Findings that wait for a decision say nothing yet.
const confirmed = new Set(['rejected', 'appealed', 'upheld']);
const refuted = new Set(['released', 'overturned']);

export interface Judged {
  confirmed: number;
  decided: number;
}

export function judged(states: Schemas['FindingCounts']['states']): Judged {
  const of = (names: Set<string>) => states.filter((s) => names.has(s.name)).reduce((n, s) => n + s.findings, 0);
  const yes = of(confirmed);
  return { confirmed: yes, decided: yes + of(refuted) };
}
