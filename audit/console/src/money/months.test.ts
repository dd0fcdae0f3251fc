import { expect, test } from 'vitest';
import { before, monthsBack } from './months';

test('months go over the turn of the year', () => {
  expect(before('2026-01-31')).toBe('2025-12');
  expect(before('2026-11-01')).toBe('2026-10');
  expect(monthsBack('2026-02', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
});
