import { useSyncExternalStore } from 'react';
import { Problem } from './problem';
import type { components } from './schema';

// Who works at this browser: somebody who signed in with a password, whose session is in
// a cookie that scripts cannot read, or the holder of a key, which this tab keeps.

type Who = components['schemas']['SessionBody'];
export type Role = 'officer' | 'reviewer' | 'director' | 'clerk' | 'supervisor' | 'administrator' | 'hospital';

export interface Identity extends Omit<Who, 'roles'> {
  roles: Role[];
  byKey: boolean; // signed in with a key: there is no password to change
}

export interface Session {
  identity: Identity | undefined; // undefined: nobody has signed in
  expired: boolean; // refused since; what is on the screen stays
}

const place = 'claimwatch.key';
const listeners = new Set<() => void>();
let session: Session = { identity: undefined, expired: false };

// Parting is told when somebody leaves, before anybody else can go on here: while what
// they have made is still theirs, or when it is too late for that.
type Parting = (theirs: boolean) => Promise<void>;

const partings = new Set<Parting>();

export const onParting = (tell: Parting): (() => void) => {
  partings.add(tell);
  return () => void partings.delete(tell);
};

const part = (theirs: boolean) => Promise.all([...partings].map((tell) => tell(theirs)));

function become(next: Session): void {
  const before = session.identity?.key_id;
  if (before && next.identity && before !== next.identity.key_id) {
    void part(false);
    window.location.assign('/'); // somebody else goes on: nothing of the one before stays on the screen
    return;
  }
  session = next;
  listeners.forEach((tell) => tell());
}

const key = () => sessionStorage.getItem(place);

// authorization is the header of every request; with a session there is none.
export const authorization = (): Record<string, string> => (key() ? { Authorization: `Bearer ${key()}` } : {});

// expire is called when the API knows the session or key no longer.
export function expire(): void {
  if (session.identity && !session.expired) become({ ...session, expired: true });
}

async function ask(method: string, path: string, body?: unknown, token?: string): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw Problem.unreachable();
  }
}

async function begin(answer: Response, byKey = false): Promise<void> {
  if (!answer.ok) throw await Problem.of(answer);
  const { roles, ...who } = (await answer.json()) as Who;
  become({ identity: { ...who, roles: roles as Role[], byKey }, expired: false });
}

// resume goes on with the key of this tab or the session of this browser, if there is one.
export async function resume(): Promise<void> {
  const held = key();
  const answer = await ask('GET', '/v1/session', undefined, held ?? undefined);
  if (answer.ok) await begin(answer, held !== null);
  else if (answer.status === 401) sessionStorage.removeItem(place);
}

// signInWithKey keeps a key for this tab; the error is a Problem.
export async function signInWithKey(token: string): Promise<void> {
  const answer = await ask('GET', '/v1/session', undefined, token);
  if (answer.ok) sessionStorage.setItem(place, token);
  await begin(answer, true);
}

const withoutKey = async (path: string, body: unknown): Promise<void> => {
  const answer = await ask('POST', path, body);
  if (answer.ok) sessionStorage.removeItem(place);
  await begin(answer);
};

const withCode = (totp: string) => (totp ? { totp } : {});

export const signIn = (login: string, password: string, totp: string): Promise<void> => withoutKey('/v1/session', { login, password, ...withCode(totp) });

// spendLink chooses a password with what follows # in a one-time link.
export const spendLink = (link: string, password: string, totp: string): Promise<void> => withoutKey('/v1/session/link', { link, password, ...withCode(totp) });

// methods says by what somebody can sign in.
export async function methods(): Promise<components['schemas']['MethodsAnswerBody']> {
  const answer = await ask('GET', '/v1/session/methods');
  if (!answer.ok) throw await Problem.of(answer);
  return (await answer.json()) as components['schemas']['MethodsAnswerBody'];
}

// renew changes what one signs in with, and goes on with the session that begins by it. A
// wrong password is answered like a session that has ended: it is asked which of them it is.
async function renew(path: string, body: unknown): Promise<void> {
  const answer = await ask('PUT', path, body);
  if (answer.status === 401) {
    if ((await ask('GET', '/v1/session')).status === 401) expire();
    else throw new Problem({ code: 'wrong', status: 401 });
  }
  await begin(answer);
}

export const changePassword = (body: components['schemas']['PasswordInputBody']): Promise<void> => renew('/v1/session/password', body);

// setFactor sets up a second factor, or another one.
export const setFactor = (body: components['schemas']['FactorInputBody']): Promise<void> => renew('/v1/session/totp', body);

// setUp makes the first administrator.
export const setUp = (body: { token: string; login: string; name: string; password: string }): Promise<void> => withoutKey('/v1/setup', body);

export async function signOut(): Promise<void> {
  await part(true);
  if (!key()) await ask('DELETE', '/v1/session').catch(() => undefined);
  sessionStorage.removeItem(place);
  become({ identity: undefined, expired: false });
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);

// useIdentity is for pages, which nobody sees who has not signed in.
export function useIdentity(): Identity {
  const { identity } = useSession();
  if (!identity) throw new Error('nobody has signed in');
  return identity;
}

export const has = (identity: Identity | undefined, ...roles: Role[]): boolean => identity?.roles.some((r) => roles.includes(r)) ?? false;

export const mayDecide = (identity: Identity | undefined): boolean => has(identity, 'officer', 'reviewer', 'director');

export const isHospital = (identity: Identity): boolean => has(identity, 'hospital');
