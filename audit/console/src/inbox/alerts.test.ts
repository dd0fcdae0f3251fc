import { expect, test } from 'vitest';
import { amounts, common, gravest, matcher, placeOf, type Alert } from './alerts';

const alert = (labels: Record<string, string>, annotations: Record<string, string> = {}): Alert => ({ labels, annotations });
const to = (link: string) => placeOf(alert({}, { link }));

test('a link leads to a page of this console, under whatever name the server goes', () => {
  expect(to('http://127.0.0.1:8080/findings/f_1')).toBe('/findings/f_1');
  expect(to('https://audit.example/institutions/H1?tab=uploads')).toBe('/institutions/H1?tab=uploads');
  expect(to('/deadlines')).toBe('/deadlines');
  expect(to('http://[')).toBeUndefined();
  expect(to('https://a//evil.example/x')).toBeUndefined();
  expect(placeOf(alert({}))).toBeUndefined();
});

test('a message stands under its gravest alert, and under what all have alike', () => {
  const two = [alert({ severity: 'reminder', institution_id: 'H1', rule: 'A' }, { amount_yuan: '1.50' }), alert({ severity: 'suspicion', institution_id: 'H1', rule: 'B' })];
  expect(gravest(two)).toBe('suspicion');
  expect(gravest([alert({})])).toBeUndefined();
  expect(common(two, 'institution_id')).toBe('H1');
  expect(common(two, 'rule')).toBeUndefined();
  expect(common(two, 'city')).toBeUndefined();
  expect(amounts(two)).toEqual(['1.50']);
});

test('what a matcher compares with is written as a string', () => {
  expect(matcher('rule', 'DUP-001')).toBe('rule="DUP-001"');
  expect(matcher('of', 'a"b\\c')).toBe('of="a\\"b\\\\c"');
});
