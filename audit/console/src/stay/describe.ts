import type { StayRecord } from '../api/findings';
import { wordOf, type Texts } from '../text';
import { fieldsOf, text } from './marks';

// describe says in one line what a record holds, for the table and for the time axis.
export function describe(record: StayRecord, { records }: Texts): string {
  const fields = fieldsOf(record);
  const raw = (name: string) => text(fields, name);
  const word = (name: string) => {
    const value = raw(name);
    return value && wordOf(records.words, value);
  };
  const named = [...(record.diagnoses ?? []), ...(record.procedures ?? [])].map((n) => [n.code, n.name].filter(Boolean).join(' ')).join('; ');
  const parts: Record<string, (string | undefined)[]> = {
    admission: [word('class'), word('route'), raw('department'), raw('ward'), raw('bed'), raw('physician_id'), named],
    transfer: [raw('department'), raw('ward'), raw('bed')],
    leave: [raw('approved_by')],
    discharge: [word('disposition'), named],
    order: [
      word('class'),
      raw('item_code'),
      raw('nursing_level') && records.level(raw('nursing_level')!),
      raw('times_per_day') && records.times(raw('times_per_day')!),
      raw('physician_id'),
    ],
    fee: [
      raw('item_name'),
      raw('item_code'),
      word('category'),
      raw('reverses') && records.refund(raw('reverses')!),
      fields['self_pay'] === true ? records.selfPay : undefined,
      raw('physician_id'),
    ],
    identity_check: [word('method'), word('result'), raw('score') && records.score(raw('score')!), raw('location')],
    care_record: [word('type')],
    operation: [named, raw('surgeon_id'), raw('room')],
    exam_report: [raw('modality'), raw('body_part'), raw('item_code')],
    front_page: [named],
    device_fitting: [raw('item_code'), raw('body_part')],
    claim: [raw('month'), raw('line_count') && records.lines(raw('line_count')!)],
  };
  return (parts[record.kind] ?? []).filter(Boolean).join(' / ');
}

// amountOf is what a record says it costs.
export const amountOf = (record: StayRecord): string | undefined => {
  const fields = fieldsOf(record);
  return text(fields, 'amount') ?? text(fields, 'total_amount') ?? text(fields, 'declared_amount');
};
