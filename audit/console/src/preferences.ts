import { useSyncExternalStore } from 'react';
import type { Language } from './text';

// What somebody chose in this browser.
export interface Preferences {
  language: Language;
  appearance: 'light' | 'dark' | 'system';
  folded: boolean; // the menu shows pictures only
}

const place = 'claimwatch.preferences';
const listeners = new Set<() => void>();

function read(): Preferences {
  const none: Preferences = { language: 'zh', appearance: 'system', folded: window.innerWidth < 1500 };
  try {
    return { ...none, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>) };
  } catch {
    return none; // storage is refused or spoilt: a preference is nothing to fail for
  }
}

let current = read();

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // it holds for this page only
  }
  listeners.forEach((tell) => tell());
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

const subscribeToSystem = (tell: () => void) => {
  const media = dark();
  media.addEventListener('change', tell);
  return () => media.removeEventListener('change', tell);
};

export function useDark(): boolean {
  const system = useSyncExternalStore(subscribeToSystem, () => dark().matches);
  const { appearance } = usePreferences();
  return appearance === 'system' ? system : appearance === 'dark';
}
