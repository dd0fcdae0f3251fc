import { expect, test } from 'vitest';
import { addressOf, viewOf, type View } from './filters';

const read = (search: string) => viewOf(new URLSearchParams(search));

test('an address without filters is the whole queue, the gravest first', () => {
  expect(read('')).toEqual({ filters: {}, sort: 'severity', by: 'finding' });
  expect(addressOf(read('')).toString()).toBe('');
});

test('every filter comes back from its address', () => {
  const view: View = {
    filters: {
      institution_id: 'H02', person_id: 'P:1', stay_id: 'S 1&x=y', physician_id: 'D 1', item_code: 'CT/1', rule: 'FEE-001', state: 'notified', severity: 'suspicion',
      from: '2026-10-01', until: '2026-10-31', min_amount: '100.5', suppressed: 'false', mine: true,
    },
    sort: 'due_on',
    by: 'case',
  };
  expect(viewOf(addressOf(view))).toEqual(view);
});

test('equal views have equal addresses', () => {
  expect(addressOf(read('rule=FEE-001&mine=true&by=finding')).toString()).toBe(addressOf(read('mine=true&sort=severity&rule=FEE-001')).toString());
});

test.each(['state=gone', 'severity=X', 'from=2026-1-1', 'min_amount=1e3', 'min_amount=-1', 'suppressed=yes', 'mine=1', 'sort=id', 'by=x', 'rule=', 'other=1'])(
  'an address may hold anything: %s',
  (search) => expect(read(search)).toEqual(read('')),
);
