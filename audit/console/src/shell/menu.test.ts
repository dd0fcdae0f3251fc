import { expect, test } from 'vitest';
import type { Identity, Role } from '../api/session';
import { homeOf, menuOf } from './menu';

const of = (...roles: Role[]) => ({ roles }) as Identity;

test.each<[string, Role[]]>([
  ['/findings', ['officer']],
  ['/findings', ['reviewer']],
  ['/findings', ['director']],
  ['/findings', ['clerk']],
  ['/findings', ['supervisor']],
  ['/accounts', ['administrator']],
  ['/findings', ['administrator', 'officer']], // there is work on findings first
  ['/our', ['hospital']],
])('the day begins at %s for %j, a page of their menu', (home, roles) => {
  expect(homeOf(of(...roles))).toBe(home);
  expect(menuOf(of(...roles)).flatMap((group) => group.entries.map((entry) => entry.path))).toContain(home);
});

test('who has no role is led to the own account', () => {
  expect(homeOf(of())).toBe('/me');
  expect(homeOf(undefined)).toBe('/me');
});
