import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import type { Role } from './api/session';
import { inbox } from './inbox/area';
import { measures } from './measures/area';
import { money } from './money/area';
import { people } from './people/area';
import { portal } from './portal/area';
import { queue } from './queue/area';
import { registers } from './registers/area';
import type { Texts } from './text';
import { watch } from './watch/area';

// What the console is made of: each area has its pages and says where they stand in the
// menu, and for whom. The server has the last word on who sees what.

export interface Entry {
  path: string;
  text: keyof Texts['menu'];
  roles: Role[];
}

export interface Group {
  text: keyof Texts['menu'];
  icon: ComponentType;
  entries: Entry[];
}

export interface Area {
  routes: RouteObject[];
  menu: Group[];
}

export const areas: Area[] = [queue, money, measures, watch, registers, portal, inbox, people];
