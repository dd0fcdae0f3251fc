import { lazy } from 'react';

// Charts are loaded when the first is drawn.
export const Chart = lazy(async () => ({ default: (await import('./Chart')).Chart }));
