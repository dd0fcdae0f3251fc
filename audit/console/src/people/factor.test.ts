import { expect, test } from 'vitest';
import { Problem } from '../api/problem';
import { inFours, saidOf } from './factor';

test('a secret is written in fours, without what fills it up', () => {
  expect(inFours('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
  expect(inFours('ABCDEFGH')).toBe('ABCD EFGH');
  expect(inFours('ABCDEF==')).toBe('ABCD EF');
});

test('only a wrong password has other words than those of the API', () => {
  const invalid = new Problem({ code: 'invalid', detail: 'the code is not one of this secret now' });
  expect(saidOf(invalid, 'wrong')).toBe(invalid);
  expect(saidOf(new Problem({ code: 'wrong' }), 'the password is wrong')?.message).toBe('the password is wrong');
  expect(saidOf(undefined, 'wrong')).toBeUndefined();
});
