import { expect, test } from 'vitest';
import { refusals } from './zh.refusals';

type Tree = Record<string, unknown>;

// Every file of words has its twin: zh.ts and en.ts, zh.money.ts and en.money.ts.
const words = import.meta.glob<Tree>(['./zh*.ts', './en*.ts'], { eager: true });
const spoken = (language: string): Tree =>
  Object.fromEntries(
    Object.entries(words)
      .filter(([file]) => file.startsWith(`./${language}`))
      .map(([file, said]) => [file.slice(4), Object.fromEntries(Object.entries(said).map(([name, tree]) => [name === language ? 'all' : name, tree]))]),
  );
const zh = spoken('zh');
const en = spoken('en');

const leaves = (tree: Tree, path: string[] = []): [string[], unknown][] =>
  Object.entries(tree).flatMap(([key, value]): [string[], unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? leaves(value as Tree, [...path, key]) : [[[...path, key], value]],
  );

const written = (value: unknown): string => {
  if (typeof value === 'function') return String((value as (...args: unknown[]) => unknown)('7', '8', '9'));
  return Array.isArray(value) ? value.join('\n') : String(value);
};

test('both languages say everything, each in its own', () => {
  expect(leaves(en).map(([path]) => path.join('.')).sort()).toEqual(leaves(zh).map(([path]) => path.join('.')).sort());
  for (const [path, value] of leaves(zh)) expect(written(value).trim(), path.join('.')).not.toBe('');
  const mixed = leaves(en).filter(([, value]) => /[\u3400-\u9fff]/.test(written(value)));
  expect(mixed).toEqual([]);
});

// Words that the API chooses: they are looked up by what it says.
const chosen = [
  'tables', 'codes', 'refusals', 'kinds', 'names', 'outliers', 'classes', 'unitsOf', 'menu', 'roles', 'evidence', 'records', 'states', 'severities', 'actions', 'reasons',
  'advice', 'facts', 'light', 'dark', 'system', 'purposes', 'words', 'terms', 'laws', 'follows', 'buckets', 'accounts', 'levels', 'outcomes', 'lengths',
];

test('no text is kept that nothing shows', () => {
  const files = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!./*', '!../**/*.test.ts', '!../api/schema.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const sources = Object.values(files).join('\n');
  const shown = (key: string) => new RegExp(`\\.${key}\\b|[{,] ${key}[ ,:]`).test(sources);
  expect(leaves(zh).filter(([path]) => !path.some((p) => chosen.includes(p)) && !shown(path.at(-1)!)).map(([path]) => path.join('.'))).toEqual([]);
});

test('every code of a refused record has its words', () => {
  const [server] = Object.values(import.meta.glob<string>('../../../../problem.go', { query: '?raw', import: 'default', eager: true }));
  const [, listed] = /Codes of a refused record.*?const \((.*?)\n\)/s.exec(server!)!;
  const codes = [...listed!.matchAll(/Code = "(\w+)"/g)].map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(0);
  expect(Object.keys(refusals).sort()).toEqual(codes.sort());
});
