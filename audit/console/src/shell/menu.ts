import { areas, type Group } from '../areas';
import { has, type Identity } from '../api/session';

// menuOf is what somebody may go to: groups of the same name are one.
export function menuOf(identity: Identity | undefined): Group[] {
  const groups = new Map<string, Group>();
  for (const group of areas.flatMap((area) => area.menu)) {
    const entries = group.entries.filter((entry) => has(identity, ...entry.roles));
    if (entries.length === 0) continue;
    const before = groups.get(group.text);
    groups.set(group.text, before ? { ...before, entries: [...before.entries, ...entries] } : { ...group, entries });
  }
  return [...groups.values()];
}

// homeOf is where somebody begins.
export const homeOf = (identity: Identity | undefined): string => menuOf(identity)[0]?.entries[0]?.path ?? '/me';
