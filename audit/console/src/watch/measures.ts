import { grouped } from '../format';

// written is a measure in figures that fit its unit. Yuan are of means here, never of sums.
export function written(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '';
  if (unit === 'share') return `${(100 * value).toFixed(1)}%`;
  return grouped(value.toFixed(unit === 'yuan' ? 2 : 1));
}
