import { describe, expect, test } from 'vitest';
import { follow, Parser, type StreamMessage } from './stream';

describe('parser', () => {
  const text = 'retry: 500\nid: 1\n\nid: 2\nevent: finding\ndata: {"a":\ndata: 1}\n\n: hello\nid: 3\n\nevent: reset\r\ndata: x\r\n\r\n';
  const want = [
    { id: '2', event: 'finding', data: '{"a":\n1}' },
    { id: '3', event: 'reset', data: 'x' },
  ];
  test.each([1, 2, 3, 7, 1000])('in pieces of %i characters', (size) => {
    const parser = new Parser();
    const got: StreamMessage[] = [];
    for (let i = 0; i < text.length; i += size) got.push(...parser.push(text.slice(i, i + size)));
    expect(got).toEqual(want);
    expect([parser.lastID, parser.retry]).toEqual(['3', 500]);
  });
  test('an id counts once its block is whole', () => {
    const parser = new Parser();
    parser.push('id: 7\ndata: x\n');
    expect(parser.lastID).toBe('');
    parser.cut();
    expect(parser.push('data: y\n\n')).toEqual([{ id: '', event: 'message', data: 'y' }]);
  });
});

const body = (...pieces: string[]) =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    }),
  );

describe('a connection that breaks', () => {
  test('goes on where it was cut, and hears nothing twice or half', async () => {
    const answers: (() => Promise<Response>)[] = [
      () => Promise.resolve(body('retry: 10\nid: 1\ndata: a\n\n', 'id: 2\ndata: b\n\nid: 3\ndata: ha')),
      () => Promise.reject(new TypeError('network')),
      () => Promise.resolve(new Response('', { status: 503 })),
      () => Promise.resolve(body('id: 3\ndata: c\n\n')),
    ];
    const stop = new AbortController();
    const asked: string[] = [];
    const heard: string[] = [];
    const waits: number[] = [];
    const states: boolean[] = [];
    await follow(
      {
        open: (last) => {
          asked.push(last);
          return answers.shift()!();
        },
        hear: (m) => heard.push(m.id + m.data),
        connected: (is) => states.push(is),
        wait: (ms) => {
          waits.push(ms);
          if (answers.length === 0) stop.abort();
          return Promise.resolve();
        },
      },
      stop.signal,
    );
    expect(asked).toEqual(['', '2', '2', '2']);
    expect(heard).toEqual(['1a', '2b', '3c']);
    expect(waits).toEqual([10, 20, 40, 10]);
    expect(states).toEqual([true, false, false, false, true, false]);
  });
  test('ends when the key is refused', async () => {
    let asked = 0;
    await follow(
      {
        open: () => Promise.resolve(new Response('', { status: ++asked ? 401 : 0 })),
        hear: () => {},
        connected: () => {},
        wait: () => Promise.resolve(),
      },
      new AbortController().signal,
    );
    expect(asked).toBe(1);
  });
});
