import { expect, test } from 'vitest';
import { cellOf, changesOf, csvOf, keyOf, type Table } from './values';

const column = (name: string, type = 'text', key = false) => ({ name, type, key, optional: !key });
const table = { table: 't', columns: [column('id', 'id', true), column('from', 'day', true), column('reason'), column('face', 'bool')], loads: 0, last: null } as unknown as Table;

test('a row becomes a file that says the same', () => {
  const row = { id: 'A1', from: '2026-01-01', reason: '病情需要, "长期"\n观察', face: 'true' };
  expect(csvOf(table, row)).toBe('id,from,reason,face,void\nA1,2026-01-01,"病情需要, ""长期""\n观察",true,false\n');
  expect(csvOf(table, { id: 'A1', from: '2026-01-01' }, true)).toBe('id,from,reason,face,void\nA1,2026-01-01,,,true\n');
});

test('a key has its cells in order, empty ones too', () => {
  expect(keyOf(table, { from: '2026-01-01', id: 'A1', reason: 'x' })).toBe('A1|2026-01-01');
  expect(keyOf(table, { id: 'A1' })).toBe('A1|');
});

test('closed words are translated, texts are not', () => {
  const words = { true: '是', other: '其他' };
  expect(cellOf(table.columns[3]!, 'true', words)).toBe('是');
  expect(cellOf(table.columns[2]!, 'other', words)).toBe('other');
  expect(cellOf(column('list', 'list') as Table['columns'][number], 'other;new', words)).toBe('其他 new');
  expect(cellOf(table.columns[2]!, undefined, words)).toBe('');
});

test('a version shows what it changed', () => {
  expect(changesOf(table, { id: 'A1', reason: 'x' }, { id: 'A1', reason: 'y' }).map((c) => c.name)).toEqual(['reason']);
  expect(changesOf(table, undefined, { id: 'A1' }).map((c) => c.name)).toEqual(['id']);
  expect(changesOf(table, { id: 'A1', reason: 'x' }, { id: 'A1' }).map((c) => c.name)).toEqual(['reason']);
});
