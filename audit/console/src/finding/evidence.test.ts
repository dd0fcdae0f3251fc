import { expect, test } from 'vitest';
import { comparisonOf, evidenceOf } from './evidence';

const of = (evidence: object) => evidenceOf({ evidence });

test('facts, parameters and the version of knowledge are told apart', () => {
  const e = of({ charged: '2', ordered: '1', first_match: '', parameters: { days: '7' }, knowledge_version: 17 });
  expect(e.facts).toEqual([['charged', '2'], ['ordered', '1']]);
  expect([...e.parameters]).toEqual([['days', '7']]);
  expect(e.knowledge).toBe('17');
  expect(evidenceOf({ evidence: null }).facts).toEqual([]);
});

test.each([
  ['FEE-007', { unit_price: '50.61', cap: '50.6' }, true],
  ['FEE-007', { unit_price: '50.60', cap: '50.6' }, false], // a formula that does not hold explains nothing
  ['FEE-005', { charged: '230', packages: '2', price: '100' }, true],
  ['FEE-019', { billed: '7', ordered_each_time: '1', times_per_day: '2', days: '3' }, true],
  ['FEE-023', { cap: '1500', factor: '0.5', most: '750' }, true],
  ['IDN-001', { failed_checks: '2', parameters: { checks: '2' } }, true],
  ['FEE-002', { charged: '2' }, false],
  ['AGR-002', {}, false],
])('%s %j', (rule, evidence, want) => expect(comparisonOf(rule, of(evidence)) !== undefined).toBe(want));
