import { expect, test } from 'vitest';
import { found, latestFirst, type Key } from './keys';

const key = (key_id: string, more: Partial<Key> = {}): Key => ({ key_id, roles: [], source: 'journal', state: 'good', ...more });
const table = key('c', { source: 'institutions', institution_id: 'H001' });
const early = key('b', { created_at: '2026-01-01T00:00:00.000+08:00', label: 'HIS interface' });
const late = key('a1', { created_at: '2026-02-01T00:00:00.000+08:00' });

test('the latest key is first, those of the table of institutions last', () => {
  expect(latestFirst([table, early, late]).map((k) => k.key_id)).toEqual(['a1', 'b', 'c']);
});

test('a search finds labels, ids, institutions and names, whatever their case', () => {
  const ids = (search: string) => found([table, early, late], search, (k) => (k === table ? '第一医院' : '')).map((k) => k.key_id);
  expect(ids('his')).toEqual(['b']);
  expect(ids(' A1 ')).toEqual(['a1']);
  expect(ids('h001')).toEqual(['c']);
  expect(ids('第一')).toEqual(['c']);
  expect(ids('')).toEqual(['c', 'b', 'a1']);
  expect(ids('nobody')).toEqual([]);
});
