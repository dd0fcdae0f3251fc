import type { Area } from '../areas';

export const money: Area = { routes: [], menu: [] };
