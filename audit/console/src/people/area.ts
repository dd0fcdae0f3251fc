import type { Area } from '../areas';

export const people: Area = { routes: [], menu: [] };
