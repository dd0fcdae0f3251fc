import type { Finding, StayRecord } from '../api/findings';

// How records lie on the time axis.

export const lanes = ['stay', 'presence', 'order', 'care', 'exam', 'fee', 'claim'] as const;
export type Lane = (typeof lanes)[number];
export type Mark = 'violating' | 'involved';

const laneOf: Record<string, Lane> = {
  admission: 'stay',
  transfer: 'stay',
  leave: 'stay',
  discharge: 'stay',
  identity_check: 'presence',
  order: 'order',
  care_record: 'care',
  operation: 'exam',
  exam_report: 'exam',
  fee: 'fee',
  device_fitting: 'fee',
  front_page: 'claim',
  claim: 'claim',
};

export interface Placed {
  record: StayRecord;
  lane: Lane;
  from: number;
  until: number | undefined; // of what lasts
  mark: Mark | undefined;
}

// keyOf names a record among those of an institution.
export const keyOf = (kind: string, id: string): string => `${kind}|${id}`;

export type Fields = Record<string, unknown>;

export const fieldsOf = (record: StayRecord): Fields => (record.record ?? {}) as Fields;

export const text = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return value === undefined || value === null || value === '' ? undefined : String(value);
};

// marksOf tells the lines of a finding apart from the records around them.
export function marksOf(finding: Finding | undefined, institution: string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const line of finding?.lines ?? []) {
    if (line.institution_id === institution) marks.set(keyOf(line.kind, line.record_id), line.role as Mark);
  }
  return marks;
}

// place puts records on the axis; a stay without a discharge goes on until now.
export function place(records: readonly StayRecord[], marks: ReadonlyMap<string, Mark>, now: string): Placed[] {
  const discharged = records.find((r) => r.kind === 'discharge' && !r.cancelled);
  return records
    .filter((record) => !record.cancelled)
    .map((record) => {
      const until = record.kind === 'admission' ? (discharged?.occurred_at ?? now) : text(fieldsOf(record), 'until');
      return {
        record,
        lane: laneOf[record.kind] ?? 'claim',
        from: Date.parse(record.occurred_at),
        until: until ? Date.parse(until) : undefined,
        mark: marks.get(keyOf(record.kind, record.record_id)),
      };
    });
}

export interface Window {
  from: number;
  until: number;
}

const hour = 3_600_000;

// spread is a window with room on both sides.
function spread(from: number, until: number, least: number): Window {
  const room = Math.max((until - from) * 0.04, least);
  return { from: from - room, until: until + room };
}

// wholeWindow shows every record; what lies open has no end of its own.
export function wholeWindow(placed: readonly Placed[]): Window {
  const from = Math.min(...placed.map((p) => p.from));
  const until = Math.max(...placed.map((p) => p.from), ...placed.map((p) => p.until ?? p.from));
  return spread(from, until, hour);
}

// closeWindow shows the span of a finding and its lines; undefined where neither says when.
export function closeWindow(finding: Finding | undefined, placed: readonly Placed[]): Window | undefined {
  const times = placed.filter((p) => p.mark).map((p) => p.from);
  for (const edge of [finding?.from, finding?.until]) if (edge) times.push(Date.parse(edge));
  return times.length === 0 ? undefined : spread(Math.min(...times), Math.max(...times), 6 * hour);
}

const day = 24 * hour;
const offset = 8 * hour; // Shanghai has no summer time since 1991
const steps = [hour, 2 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 364 * day];

// ticks are local midnights, or hours of the day when the window is narrow.
export function ticks({ from, until }: Window, most: number): number[] {
  const step = steps.find((s) => (until - from) / s <= most) ?? steps.at(-1)!;
  const list: number[] = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= until; at += step) list.push(at);
  return list;
}
