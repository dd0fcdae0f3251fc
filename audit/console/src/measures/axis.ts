import { dayStart } from '../format';

export interface Span {
  from: string;
  until: string | null;
}

export interface Placed {
  left: number; // share of the width, 0 to 1
  width: number;
  open: boolean; // its end is not set
}

// place puts a span onto an axis; undefined when it is not on it. Open ends reach to its end.
export function place(span: Span, axis: { from: string; until: string }): Placed | undefined {
  const [start, end] = [dayStart(axis.from), dayStart(axis.until)];
  const from = Math.max(dayStart(span.from), start);
  const until = Math.min(span.until ? dayStart(span.until) : end, end);
  if (until <= from || end <= start) return undefined;
  return { left: (from - start) / (end - start), width: (until - from) / (end - start), open: span.until === null };
}

// window is the year before a day and half a year after it: suspensions to come are seen too.
export function windowAround(day: string): { from: string; until: string } {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const at = (months: number) => {
    const n = year * 12 + month - 1 + months;
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`;
  };
  return { from: at(-12), until: at(7) };
}
