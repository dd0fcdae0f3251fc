import { describe, expect, test } from 'vitest';
import type { Finding, StayRecord } from '../api/findings';
import { localTime } from '../format';
import { closeWindow, marksOf, place, ticks, wholeWindow } from './marks';

const record = (kind: string, id: string, at: string, more: object = {}): StayRecord =>
  ({ kind, record_id: id, occurred_at: at, cancelled: false, record: more }) as unknown as StayRecord;

const records = [
  record('admission', 'A', '2026-10-09T09:00:00+08:00'),
  record('order', 'O', '2026-10-09T10:00:00+08:00', { until: '2026-10-09T12:00:00+08:00' }),
  record('fee', 'F1', '2026-10-10T10:00:00+08:00'),
  { ...record('fee', 'F2', '2026-10-10T11:00:00+08:00'), cancelled: true },
  record('discharge', 'D', '2026-10-13T11:00:00+08:00'),
];
const now = '2026-10-20T00:00:00+08:00';
const finding = {
  from: null,
  until: null,
  lines: [
    { kind: 'fee', institution_id: 'H1', record_id: 'F1', role: 'violating' },
    { kind: 'fee', institution_id: 'H2', record_id: 'O', role: 'involved' },
  ],
} as unknown as Finding;

describe('marks', () => {
  test('lines of another institution mark nothing here', () => expect([...marksOf(finding, 'H1')]).toEqual([['fee|F1', 'violating']]));
  test('a stay lasts until its discharge, and what was cancelled does not lie on the axis', () => {
    const placed = place(records, marksOf(finding, 'H1'), now);
    expect(placed.map((p) => [p.record.record_id, p.lane, p.mark, p.until && localTime(p.until)])).toEqual([
      ['A', 'stay', undefined, '2026-10-13 11:00:00'],
      ['O', 'order', undefined, '2026-10-09 12:00:00'],
      ['F1', 'fee', 'violating', undefined],
      ['D', 'stay', undefined, undefined],
    ]);
    expect(place(records.slice(0, 1), new Map(), now)[0]!.until).toBe(Date.parse(now));
    const whole = wholeWindow(placed);
    expect(whole.from < placed[0]!.from && whole.until > placed[3]!.from).toBe(true);
    const close = closeWindow(finding, placed)!;
    expect([localTime(close.from), localTime(close.until)]).toEqual(['2026-10-10 04:00:00', '2026-10-10 16:00:00']);
    expect(closeWindow(undefined, place(records, new Map(), now))).toBeUndefined();
  });
});

test('ticks are midnights of Shanghai', () => {
  const window = { from: Date.parse('2026-10-09T09:00:00+08:00'), until: Date.parse('2026-10-13T11:00:00+08:00') };
  expect(ticks(window, 8).map(localTime)).toEqual(['2026-10-10 00:00:00', '2026-10-11 00:00:00', '2026-10-12 00:00:00', '2026-10-13 00:00:00']);
  expect(ticks({ from: window.from, until: window.from + 3_600_000 * 5 }, 8)).toHaveLength(6);
});
