import type { Area } from '../areas';

export const watch: Area = { routes: [], menu: [] };
