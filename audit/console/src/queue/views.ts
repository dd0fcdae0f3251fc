import { useSyncExternalStore } from 'react';

// Views that somebody saved in this browser: a name, and the filters as in the address.
export interface SavedView {
  name: string;
  search: string;
}

const place = 'claimwatch.views';
const listeners = new Set<() => void>();

function read(): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter((v): v is SavedView => typeof v?.name === 'string' && typeof v?.search === 'string') : [];
  } catch {
    return [];
  }
}

let views = read();

function become(next: SavedView[]): void {
  views = next;
  try {
    localStorage.setItem(place, JSON.stringify(views));
  } catch {
    // kept until the page is left
  }
  listeners.forEach((tell) => tell());
}

export const saveView = (view: SavedView): void => become([...views.filter((v) => v.name !== view.name), view]);

export const removeView = (name: string): void => become(views.filter((v) => v.name !== name));

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useViews = (): SavedView[] => useSyncExternalStore(subscribe, () => views);
