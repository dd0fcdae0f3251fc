import { useSyncExternalStore } from 'react';

// Who works at this browser. Everything about signing in is here, so that cookies and
// accounts can take the place of keys without another module knowing.

export type Role = 'officer' | 'reviewer' | 'director' | 'clerk' | 'supervisor' | 'administrator' | 'hospital';

export interface Identity {
  // keyID names the key in claims, assignments and decisions; unknown where the browser cannot hash.
  keyID: string | undefined;
  roles: Role[];
}

export interface Session {
  identity: Identity | undefined; // undefined: nobody has signed in
  expired: boolean; // the key is refused since; what is on the screen stays
}

const place = 'claimwatch.key';
const staff: Role[] = ['officer', 'reviewer', 'director', 'clerk', 'supervisor', 'administrator'];
const listeners = new Set<() => void>();
let session: Session = { identity: undefined, expired: false };

const become = (next: Session) => {
  session = next;
  listeners.forEach((tell) => tell());
};

const key = () => sessionStorage.getItem(place);

// authorization is the header of every request.
export const authorization = (): Record<string, string> => (key() ? { Authorization: `Bearer ${key()}` } : {});

// expire is called when the API knows the key no longer.
export function expire(): void {
  if (session.identity && !session.expired) become({ ...session, expired: true });
}

// resume goes on with the key of this tab, if it has one.
export async function resume(): Promise<void> {
  const held = key();
  if (held && !(await signIn(held))) sessionStorage.removeItem(place);
}

// signIn says whether the key is known.
export async function signIn(token: string): Promise<boolean> {
  const answer = await fetch('/v1/status', { headers: { Authorization: `Bearer ${token}` } });
  if (answer.status === 401) return false;
  sessionStorage.setItem(place, token);
  become({ identity: { keyID: await idOf(token), roles: staff }, expired: false });
  return true;
}

export function signOut(): void {
  sessionStorage.removeItem(place);
  become({ identity: undefined, expired: false });
}

// idOf is how the API names a key: the first 16 hex digits of its SHA-256. Browsers hash
// on secure origins only.
async function idOf(token: string): Promise<string | undefined> {
  if (!window.isSecureContext) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
  return Array.from(hash.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => session);

const deciders: Role[] = ['officer', 'reviewer', 'director'];

export const mayDecide = (identity: Identity | undefined): boolean => identity?.roles.some((r) => deciders.includes(r)) ?? false;
