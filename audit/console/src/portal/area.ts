import type { Area } from '../areas';

export const portal: Area = { routes: [], menu: [] };
