import { expect, test } from 'vitest';
import { cells, read } from './upload';

test.each([
  ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['a,"b, ""c"""\r\n"1\n2",\r\n\r\n', [['a', 'b, "c"'], ['1\n2', '']]],
  ['a', [['a']]],
])('cells of %j', (text, want) => expect(cells(text)).toEqual(want));

test('a table becomes records with the types of their fields', () => {
  const text = '\uFEFFkind,record_id,amount,days,self_pay,diagnoses,note\nfee,R1,12.50,3,true,S72.0;I10,\n"fee",R2,1,x,2,,"a, b"\n';
  expect(read('Fees.CSV', text)).toEqual({
    records: 2,
    body: '{"kind":"fee","record_id":"R1","amount":"12.50","days":3,"self_pay":true,"diagnoses":["S72.0","I10"]}\n{"kind":"fee","record_id":"R2","amount":"1","days":"x","self_pay":"2","note":"a, b"}',
  });
});

test('lines go as they are, blank ones are left out', () => {
  const line = '{"kind":"fee", "amount":"1.50"}';
  expect(read('a.ndjson', `${line}\r\n\n${line}\n`)).toEqual({ records: 2, body: `${line}\n${line}` });
  expect(read('a.json', `[${line},${line}]`)).toEqual({ records: 2, body: '{"kind":"fee","amount":"1.50"}\n{"kind":"fee","amount":"1.50"}' });
});

test.each([
  ['a.ndjson', '', 'empty', 0],
  ['a.csv', 'kind,record_id\n', 'empty', 0],
  ['a.csv', 'record_id\n1\n', 'noKind', 1],
  ['a.ndjson', '{"a":1}\n\n{"a":', 'badLine', 3],
  ['a.ndjson', '{"a":1}\n[1]', 'badLine', 2],
  ['a.json', '[{]', 'badLine', 1],
  ['a.ndjson', '{}\n'.repeat(1001), 'tooMany', 1001],
])('%s %j is %s', (name, text, fault, at) => expect(read(name, text)).toEqual({ fault, at }));
