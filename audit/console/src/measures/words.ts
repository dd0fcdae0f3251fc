import type { fields } from '../text/zh.fields';
import type { matters } from '../text/zh.matters';

export type Words = typeof fields & typeof matters;

const wordOf = (words: Record<string, string>, word: string): string => words[word] ?? word;

// lawOf writes "shanxi-2022-measures 38" as people say it.
export function lawOf(words: Words, law: string): string {
  const [code = '', ...article] = law.split(' ');
  const say = (words.laws as Record<string, (article: string) => string>)[code];
  return say ? say(article.join(' ')) : law;
}

// termOf says what is due. The API writes amounts and kinds of agreements into its sentence.
export function termOf(words: Words, what: string): string {
  const amount = /\d[\d.]*(?= yuan)/.exec(what)?.[0];
  const kind = /\b(medical|rehab|device)(?= agreement)/.exec(what)?.[0];
  const pattern = (kind ? what.replace(kind, '@') : what).replace(amount ?? /$^/, '#');
  const said = wordOf(words.terms, pattern);
  return said.replace('#', amount ?? '').replace('@', kind ? wordOf(words.words, kind) : '');
}

// valueWord is a word of a field: a ground by its article, or what the dictionary has.
export function valueWord(words: Words, value: string): string {
  const ground = /^(\d+)\.(\d+)$/.exec(value);
  return ground ? words.ground(ground[1]!, ground[2]!) : wordOf(words.words, value);
}

// kindOf is the name of a register by its kind or its place in addresses.
export const kindOf = (words: Words, kind: string): string => wordOf(words.kinds, kind);
