import type { Schemas } from '../api/client';

export type Key = Schemas['KeyView'];
export type NewKey = Schemas['KeyAnswerBody'];

export const latestFirst = (keys: Key[]): Key[] => [...keys].sort((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '') || a.key_id.localeCompare(b.key_id));

// found are the keys that a search is about: a label, an id, an institution or a person.
export function found(keys: Key[], search: string, named: (key: Key) => string): Key[] {
  const wanted = search.trim().toLowerCase();
  return wanted ? keys.filter((key) => [key.label ?? '', key.key_id, key.institution_id ?? '', named(key)].some((text) => text.toLowerCase().includes(wanted))) : keys;
}
