import { usePreferences } from '../preferences';

// areaTexts gives the words of an area, which are loaded with its pages and not before.
export const areaTexts =
  <T>(words: { zh: T; en: T }): (() => T) =>
  () =>
    words[usePreferences().language];
