import { areas, type Group } from '../areas';
import { has, type Identity, type Role } from '../api/session';
import { readers } from '../roles';

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

// Where a day begins. Who has several of the roles begins with the work of the first.
const homes: [Role[], string][] = [
  [readers, '/findings'],
  [['administrator'], '/accounts'],
  [['hospital'], '/our'],
];

// homeOf is where somebody begins; who has no role at all has an account.
export const homeOf = (identity: Identity | undefined): string => homes.find(([roles]) => has(identity, ...roles))?.[1] ?? '/me';
