import { expect, test } from 'vitest';
import type { Finding } from '../api/findings';
import { changesBetween } from './changes';

const before = {
  amount: '10.00', state: 'open', severity: 'violation', revision: 0, due_on: null,
  lines: [{ institution_id: 'H1', record_id: 'F1', amount: '10.00' }],
} as unknown as Finding;

test('what stayed is not told', () => expect(changesBetween(before, { ...before, revised_at: 'later' })).toEqual([]));

test('what changed is told as it was and as it is', () => {
  const now = { ...before, amount: '12.00', due_on: '2026-10-09', revision: 1, lines: [...before.lines, { ...before.lines[0]!, record_id: 'F2' }] };
  expect(changesBetween(before, now as Finding)).toEqual([
    { what: 'amount', before: '10.00', now: '12.00' },
    { what: 'revision', before: '0', now: '1' },
    { what: 'due_on', before: '', now: '2026-10-09' },
    { what: 'lines', before: '1', now: '2' },
  ]);
});
