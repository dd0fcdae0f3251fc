import { expect, test } from 'vitest';
import { fields } from '../text/zh.fields';
import { matters } from '../text/zh.matters';
import { lawOf, termOf, valueWord } from './words';

const zh = { ...fields, ...matters };

test.each([
  ['pay what is owed, 1234.50 yuan', '拨付尚欠 1234.50 元'],
  ['the term of the rehab agreement ends', '康复协议期满'],
  ['the institution reports', '机构报告整改情况'],
  ['something newer than this page', 'something newer than this page'],
])('what is due: %s', (what, said) => expect(termOf(zh, what)).toBe(said));

test('articles and grounds are written as people say them', () => {
  expect(lawOf(zh, 'shanxi-2022-measures 38')).toBe('山西办法第 38 条');
  expect(lawOf(zh, 'another-law 3')).toBe('another-law 3');
  expect(valueWord(zh, '38.1')).toBe('第 38 条（1）');
  expect(valueWord(zh, 'medical')).toBe('医疗');
  expect(valueWord(zh, 'H01')).toBe('H01');
});
