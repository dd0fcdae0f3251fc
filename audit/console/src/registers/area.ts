import type { Area } from '../areas';

export const registers: Area = { routes: [], menu: [] };
