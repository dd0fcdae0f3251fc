import type { Finding, Stay } from '../api/findings';
import { fen } from '../format';
import { fieldsOf, keyOf, text } from '../stay/marks';

export interface Authors {
  physician_id: string | undefined;
  item_code: string | undefined;
  item_name: string | undefined;
}

// authorsOf says whose doing a finding is, as far as its lines tell: physician and item
// under which most is at issue.
export function authorsOf(finding: Pick<Finding, 'lines'>, stay: Pick<Stay, 'institution_id' | 'records'> | undefined): Authors | undefined {
  if (!stay) return undefined;
  const records = new Map(stay.records.map((record) => [keyOf(record.kind, record.record_id), record]));
  const weights = new Map<string, { of: Authors; weight: bigint }>();
  for (const line of finding.lines) {
    const record = line.institution_id === stay.institution_id ? records.get(keyOf(line.kind, line.record_id)) : undefined;
    if (!record || line.role !== 'violating') continue;
    const fields = fieldsOf(record);
    const of = { physician_id: text(fields, 'physician_id'), item_code: text(fields, 'item_code'), item_name: text(fields, 'item_name') };
    if (!of.physician_id && !of.item_code) continue;
    const key = `${of.physician_id}|${of.item_code}`;
    weights.set(key, { of, weight: (weights.get(key)?.weight ?? 0n) + fen(line.amount) });
  }
  let heaviest: { of: Authors; weight: bigint } | undefined;
  for (const one of weights.values()) if (!heaviest || one.weight > heaviest.weight) heaviest = one;
  return heaviest?.of;
}
