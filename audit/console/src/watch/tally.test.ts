import { expect, test } from 'vitest';
import type { Sum } from './read';
import { judged, share, tallyBy } from './tally';

const sum = (institution_id: string, rule: string, hit: number, pass: number, reasons: [string, number][]): Sum => ({
  institution_id, rule, hit, pass,
  not_evaluated: reasons.reduce((n, [, stays]) => n + stays, 0),
  stays: hit + pass + reasons.reduce((n, [, stays]) => n + stays, 0),
  reasons: reasons.map(([reason, stays]) => ({ reason, stays })),
});

test('sums add up by rule and by institution, reasons with the most stays first', () => {
  const sums = [sum('H1', 'A', 1, 2, [['x', 1]]), sum('H2', 'A', 0, 1, [['y', 3], ['x', 1]]), sum('H1', 'B', 0, 4, [])];
  expect(tallyBy(sums, (s) => s.rule).get('A')).toEqual({ stays: 9, hit: 1, pass: 3, not_evaluated: 5, reasons: [['y', 3], ['x', 2]] });
  expect(tallyBy(sums, (s) => s.institution_id).get('H1')).toEqual({ stays: 8, hit: 1, pass: 6, not_evaluated: 1, reasons: [['x', 1]] });
});

test('a share of nothing is not written', () => {
  expect([share(1, 3), share(0, 3), share(0, 0)]).toEqual(['33.3%', '0.0%', '']);
});

test('what waits for a decision is no opinion', () => {
  const states = Object.entries({ open: 9, notified: 8, rejected: 3, appealed: 1, upheld: 1, released: 4, overturned: 1, retracted: 7 }).map(([name, findings]) => ({ name, findings, amount: '0.00' }));
  expect(judged(states)).toEqual({ confirmed: 5, decided: 10 });
});
