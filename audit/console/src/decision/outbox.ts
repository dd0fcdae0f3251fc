// Decisions that were made and are not sent yet: whoever made one has a while to undo it.

export type Action =
  | 'notify' | 'reject' | 'release' | 'extend' | 'refer' | 'assign' | 'confirm' | 'decline' | 'reopen' | 'claim' | 'unclaim' | 'uphold' | 'overturn';

// Seen is a finding as it was on the screen: the decision is about these facts in this state.
export interface Seen {
  finding_id: string;
  expected_revision: number;
  facts_sha256: string;
}

export interface Decision {
  action: Action;
  reason?: string;
  to?: string;
  findings: Seen[];
}

export interface Outcome {
  finding_id: string;
  code?: string;
  message?: string;
}

export interface Waiting {
  key: string; // of idempotency: one for all attempts
  decision: Decision;
  sendsAt: number;
  sending: boolean;
}

export interface OutboxDeps {
  send(decision: Decision, key: string): Promise<Outcome[]>;
  newKey(): string;
  now(): number;
}

// Teller is told what became of what was sent.
export interface Teller {
  settled(decision: Decision, outcomes: Outcome[]): void;
  failed(decision: Decision, error: unknown): void;
}

export const grace = 8000;

export class Outbox {
  #teller: Teller = { settled: () => {}, failed: () => {} };
  readonly #deps: OutboxDeps;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();
  #waiting: readonly Waiting[] = [];

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  // add gives the key by which the decision can be sent at once.
  add(decision: Decision): string {
    const key = this.#deps.newKey();
    this.#become([...this.#waiting, { key, decision, sendsAt: this.#deps.now() + grace, sending: false }]);
    this.#timers.set(key, setTimeout(() => void this.send(key), grace));
    return key;
  }

  // undo takes back the latest that has not left, and gives it.
  undo(): Decision | undefined {
    const last = this.#waiting.findLast((w) => !w.sending);
    if (!last) return undefined;
    this.#drop(last.key);
    return last.decision;
  }

  // send does not wait any longer.
  async send(key: string): Promise<void> {
    const one = this.#waiting.find((w) => w.key === key);
    if (!one || one.sending) return;
    clearTimeout(this.#timers.get(key));
    this.#become(this.#waiting.map((w) => (w.key === key ? { ...w, sending: true } : w)));
    try {
      this.#teller.settled(one.decision, await this.#deps.send(one.decision, key));
    } catch (error) {
      this.#teller.failed(one.decision, error);
    } finally {
      this.#drop(key);
    }
  }

  // part is for when somebody leaves: what waits is sent while it is still theirs, and
  // never when somebody else has come. The next person would have decided it.
  async part(theirs: boolean): Promise<void> {
    const left = this.#waiting.filter((w) => !w.sending);
    if (theirs) await Promise.all(left.map((w) => this.send(w.key)));
    else left.forEach((w) => this.#drop(w.key));
  }

  tellTo(teller: Teller): void {
    this.#teller = teller;
  }

  subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  waiting = (): readonly Waiting[] => this.#waiting;

  #drop(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#become(this.#waiting.filter((w) => w.key !== key));
  }

  #become(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    this.#listeners.forEach((tell) => tell());
  }
}
