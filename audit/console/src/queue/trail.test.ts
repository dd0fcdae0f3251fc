import { expect, test } from 'vitest';
import type { Finding } from '../api/findings';
import { afterCase, backToQueue, caseKey, leaveTrail, nextCase } from './trail';

const finding = (id: string, stay: string | null) => ({ finding_id: id, institution_id: 'H1', stay_id: stay, person_id: 'P1' }) as Finding;

test('the next case is another stay further down the queue', () => {
  const queue = [finding('a', 'S1'), finding('b', 'S1'), finding('c', 'S2'), finding('d', 'S1'), finding('e', null)];
  expect(backToQueue()).toBe('/findings');
  leaveTrail(queue, '?state=open');
  expect(backToQueue()).toBe('/findings?state=open');
  expect(nextCase(caseKey(queue[0]!))).toBe('/findings/c');
  expect(nextCase(caseKey(queue[2]!))).toBe('/findings/d');
  expect(nextCase(caseKey(queue[4]!))).toBeUndefined();
  expect([afterCase(caseKey(queue[2]!)), afterCase(caseKey(queue[4]!)), afterCase('other')]).toEqual(['/findings/d', '/findings?state=open', undefined]);
  leaveTrail([], '');
  expect(nextCase(caseKey(queue[0]!))).toBeUndefined();
});
