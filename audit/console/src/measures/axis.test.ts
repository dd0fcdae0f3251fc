import { expect, test } from 'vitest';
import { place, windowAround } from './axis';

const axis = { from: '2026-01-01', until: '2026-01-11' };

test.each([
  [{ from: '2026-01-02', until: '2026-01-04' }, { left: 0.1, width: 0.2, open: false }],
  [{ from: '2025-12-01', until: '2026-01-06' }, { left: 0, width: 0.5, open: false }],
  [{ from: '2026-01-09', until: null }, { left: 0.8, width: 0.2, open: true }],
  [{ from: '2026-02-01', until: null }, undefined],
  [{ from: '2025-01-01', until: '2026-01-01' }, undefined],
])('a span on the axis: %j', (span, placed) => {
  const got = place(span, axis);
  expect(got && { ...got, left: Number(got.left.toFixed(6)), width: Number(got.width.toFixed(6)) }).toEqual(placed);
});

test('the window goes over the turn of the year', () => {
  expect(windowAround('2026-11-20')).toEqual({ from: '2025-11-01', until: '2027-06-01' });
  expect(windowAround('2026-01-05')).toEqual({ from: '2025-01-01', until: '2026-08-01' });
});
