import { useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

// Whoever types is not giving orders, and neither is whoever looks at a dialog.
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="combobox"]') !== null;
}

const focusable = 'a, button, [role="tab"], [role="button"], [role="menuitem"], [role="radio"]';

// useKeys gives single keys a meaning while a page is shown. Enter stays with a link or
// button that has the focus.
export function useKeys(keys: KeyMap, active = true): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return;
      if (event.key === 'Enter' && event.target instanceof Element && event.target.closest(focusable)) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      flushSync(() => act(event)); // the next key is about what this one has made
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [active]);
}
