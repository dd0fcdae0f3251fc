// Server-sent events over fetch: EventSource cannot send the header that says who asks.

export interface StreamMessage {
  id: string;
  event: string;
  data: string;
}

// Parser cuts what arrives into messages, however the pieces fall. A block with nothing
// but an id moves the place to resume from and is no message.
export class Parser {
  lastID = '';
  retry = 2000;
  #rest = '';
  #id: string | undefined;
  #event = '';
  #data: string[] = [];

  push(piece: string): StreamMessage[] {
    const messages: StreamMessage[] = [];
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop()!;
    for (const line of lines) {
      const message = line === '' ? this.#end() : this.#field(line);
      if (message) messages.push(message);
    }
    return messages;
  }

  // cut forgets a block that a lost connection left unfinished.
  cut(): void {
    this.#rest = '';
    this.#begin();
  }

  #begin(): void {
    this.#id = undefined;
    this.#event = '';
    this.#data = [];
  }

  #field(line: string): undefined {
    const colon = line.indexOf(':');
    if (colon === 0) return; // a comment
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'id') this.#id = value;
    else if (name === 'event') this.#event = value;
    else if (name === 'data') this.#data.push(value);
    else if (name === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
  }

  #end(): StreamMessage | undefined {
    if (this.#id !== undefined) this.lastID = this.#id;
    const message = { id: this.lastID, event: this.#event || 'message', data: this.#data.join('\n') };
    const empty = this.#data.length === 0;
    this.#begin();
    return empty ? undefined : message;
  }
}

export interface Following {
  open(lastID: string, signal: AbortSignal): Promise<Response>;
  hear(message: StreamMessage): void;
  connected(is: boolean): void;
  wait(milliseconds: number): Promise<void>;
}

const longest = 30_000;

// follow listens until it is told to stop, and after every break goes on where it was cut.
export async function follow({ open, hear, connected, wait }: Following, signal: AbortSignal): Promise<void> {
  const parser = new Parser();
  for (let failures = 0; !signal.aborted; ) {
    try {
      const response = await open(parser.lastID, signal);
      if (response.status === 401 || response.status === 403) return;
      if (!response.ok || !response.body) throw new Error(`stream answered ${response.status}`);
      connected(true);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        failures = 0;
        parser.push(piece.value).forEach(hear);
      }
    } catch {
      failures++; // whatever broke, the answer is to come back
    }
    if (signal.aborted) return;
    parser.cut();
    connected(false);
    await wait(Math.min(parser.retry * 2 ** Math.min(failures, 4), longest));
  }
}
