import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { grace, Outbox, type Decision, type Outcome } from './outbox';

const decision = (id: string): Decision => ({
  action: 'reject',
  reason: 'because',
  findings: [{ finding_id: id, expected_revision: 1, facts_sha256: 'x' }],
});

let sent: string[];
let settled: Outcome[][];
let failed: unknown[];
let answer: () => Promise<Outcome[]>;
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, settled, failed] = [[], [], []];
  answer = () => Promise.resolve([{ finding_id: 'f' }]);
  let keys = 0;
  outbox = new Outbox({
    send: (d, key) => {
      sent.push(`${key}:${d.findings[0]!.finding_id}`);
      return answer();
    },
    newKey: () => `k${++keys}`,
    now: () => Date.now(),
  });
  outbox.tellTo({ settled: (_, outcomes) => settled.push(outcomes), failed: (_, error) => failed.push(error) });
});
afterEach(() => vi.useRealTimers());

test('what is not undone is sent once, when its time has come', async () => {
  outbox.add(decision('a'));
  await vi.advanceTimersByTimeAsync(grace - 1);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await vi.advanceTimersByTimeAsync(grace * 2);
  expect([sent, settled.length, outbox.waiting()]).toEqual([['k1:a'], 1, []]);
});

test('undo takes back the latest, and nothing of it is sent', async () => {
  outbox.add(decision('a'));
  await vi.advanceTimersByTimeAsync(1000);
  outbox.add(decision('b'));
  expect(outbox.undo()).toEqual(decision('b'));
  await vi.advanceTimersByTimeAsync(grace * 2);
  expect(sent).toEqual(['k1:a']);
  expect(outbox.undo()).toBeUndefined();
});

test('what has left cannot be undone, and is not sent again', async () => {
  let arrive: (o: Outcome[]) => void = () => {};
  answer = () => new Promise((resolve) => (arrive = resolve));
  outbox.add(decision('a'));
  const { key } = outbox.waiting()[0]!;
  const first = outbox.send(key);
  void outbox.send(key);
  expect(outbox.undo()).toBeUndefined();
  expect(outbox.waiting()[0]!.sending).toBe(true);
  arrive([]);
  await first;
  await vi.advanceTimersByTimeAsync(grace * 2);
  expect([sent, outbox.waiting()]).toEqual([['k1:a'], []]);
});

test('a failure is told with what was decided', async () => {
  answer = () => Promise.reject(new Error('cut'));
  outbox.add(decision('a'));
  await vi.advanceTimersByTimeAsync(grace);
  expect([failed.length, settled.length, outbox.waiting()]).toEqual([1, 0, []]);
});

test('listeners hear of every change', () => {
  const tell = vi.fn();
  const leave = outbox.subscribe(tell);
  outbox.add(decision('a'));
  outbox.undo();
  leave();
  outbox.add(decision('b'));
  expect(tell).toHaveBeenCalledTimes(2);
});

test('whoever signs out leaves nothing behind: it is sent before', async () => {
  outbox.add(decision('a'));
  outbox.add(decision('b'));
  await outbox.part(true);
  expect([sent, outbox.waiting()]).toEqual([['k1:a', 'k2:b'], []]);
});

test('when somebody else has come, nothing is sent in their name', async () => {
  outbox.add(decision('a'));
  await outbox.part(false);
  await vi.advanceTimersByTimeAsync(grace * 2);
  expect([sent, outbox.waiting()]).toEqual([[], []]);
});
