import { usePreferences } from '../preferences';
import { en } from './en';
import { zh, type Texts } from './zh';

export type { Texts } from './zh';

export type Language = 'zh' | 'en';

export const texts: Record<Language, Texts> = { zh, en };

export const useTexts = (): Texts => texts[usePreferences().language];

// A word of the API in the reader's language; one that is newer than this page stays as it is.
export const wordOf = (words: Record<string, string>, word: string): string => words[word] ?? word;
