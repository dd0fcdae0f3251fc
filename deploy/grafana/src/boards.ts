import type { Dashboard } from '@grafana/schema';
import { institutions } from './institutions.js';
import { operations } from './operations.js';
import { quality } from './quality.js';
import { supervision } from './supervision.js';

// boards are the files that are written.
export const boards: Record<string, Dashboard> = { supervision, quality, operations, institutions };
