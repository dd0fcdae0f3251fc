import { expect, test } from 'vitest';
import type { Stay } from '../api/findings';
import { authorsOf } from './authors';

const fee = (id: string, physician: string, item: string) =>
  ({ kind: 'fee', record_id: id, record: { physician_id: physician, item_code: item, item_name: item.toLowerCase() } }) as unknown as Stay['records'][number];
const line = (id: string, amount: string, role = 'violating') => ({ institution_id: 'H1', kind: 'fee', record_id: id, role, amount });
const stay = { institution_id: 'H1', records: [fee('F1', 'D1', 'CT'), fee('F2', 'D2', 'MR'), fee('F3', 'D2', 'MR'), fee('F4', 'D9', 'XR')] };

test('physician and item under which most is at issue', () => {
  const lines = [line('F1', '50.00'), line('F2', '30.00'), line('F3', '30.00'), line('F4', '900.00', 'involved')];
  expect(authorsOf({ lines }, stay)).toEqual({ physician_id: 'D2', item_code: 'MR', item_name: 'mr' });
});

test('lines of another institution and of no record tell nothing', () => {
  expect(authorsOf({ lines: [{ ...line('F1', '9.00'), institution_id: 'H2' }, line('F8', '9.00')] }, stay)).toBeUndefined();
  expect(authorsOf({ lines: [line('F1', '9.00')] }, undefined)).toBeUndefined();
});
