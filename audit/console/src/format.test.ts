import { describe, expect, test } from 'vitest';
import { day, daysBetween, dayStart, fen, grouped, isAmount, localTime, minute, money, sum, yuan } from './format';

describe('times are those of Shanghai whatever the zone of the browser', () => {
  test('the test itself runs elsewhere', () => expect(new Date().getTimezoneOffset()).not.toBe(-480));
  test.each([
    ['2026-10-09T01:00:00.000Z', '2026-10-09 09:00:00'],
    ['2026-10-09T00:00:00+08:00', '2026-10-09 00:00:00'],
    ['2026-12-31T16:00:00Z', '2027-01-01 00:00:00'],
    ['2026-03-08T10:30:00Z', '2026-03-08 18:30:00'], // the clocks change in Los Angeles
  ])('%s', (instant, want) => expect(localTime(instant)).toBe(want));
  test('parts', () => {
    expect(minute('2026-10-09T01:02:03Z')).toBe('2026-10-09 09:02');
    expect(day('2026-10-09T17:00:00Z')).toBe('2026-10-10');
    expect(new Date(dayStart('2026-10-10')).toISOString()).toBe('2026-10-09T16:00:00.000Z');
  });
  test.each([
    ['2026-10-09T15:59:59Z', '2026-10-09', 0],
    ['2026-10-09T16:00:00Z', '2026-10-09', -1],
    ['2026-10-09T16:00:00Z', '2026-10-12', 2],
  ])('from %s to %s are %i days', (from, to, want) => expect(daysBetween(from, to)).toBe(want));
});

describe('money', () => {
  test.each([
    ['0', '0.00'],
    ['0.5', '0.50'],
    ['-0.05', '-0.05'],
    ['999', '999.00'],
    ['1000', '1,000.00'],
    ['-1234567.8', '-1,234,567.80'],
    ['99999999.99', '99,999,999.99'],
    ['90071992547409930.01', '90,071,992,547,409,930.01'], // beyond what a float holds
  ])('%s is written %s', (decimal, want) => expect(money(decimal)).toBe(want));
  test('nothing is written as nothing', () => expect([money(null), money(undefined), money('')]).toEqual(['', '', '']));
  test('sums are exact', () => expect(sum(['0.10', '0.20', '-0.05', '90071992547409930.01'])).toBe('90071992547409930.26'));
  test('fen and back', () => {
    for (const text of ['0.00', '-0.01', '12.30', '-4500.00']) expect(yuan(fen(text))).toBe(text);
  });
  test.each(['', '1.234', 'x', '1e3', '1,000', '.5'])('%j is no amount', (text) => expect(() => fen(text)).toThrow(RangeError));
  test('what may be typed', () => {
    expect(['1', '0.01', '12345678.9'].every(isAmount)).toBe(true);
    expect(['', '-1', '1.001', '123456789', '1 '].some(isAmount)).toBe(false);
  });
  test('other decimals keep theirs', () => expect(grouped('12345.6789')).toBe('12,345.6789'));
});
