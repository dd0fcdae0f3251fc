import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

export interface Selection<T> {
  names: ReadonlySet<string>;
  chosen: T[];
  select: (index: number, to: boolean, range?: boolean) => void;
  clear: () => void;
  all: () => void;
}

// useSelection remembers which rows are selected, by name: rows may move. nameOf is one
// function for good.
export function useSelection<T>(items: readonly T[], nameOf: (item: T) => string): Selection<T> {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(items);
  const anchor = useRef(0);
  useEffect(() => {
    latest.current = items;
  }, [items]);

  const select = useCallback(
    (index: number, to: boolean, range = false) => {
      const [from, until] = range ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
      anchor.current = index;
      setNames((before) => {
        const next = new Set(before);
        for (const item of latest.current.slice(from, until + 1)) {
          if (to) next.add(nameOf(item));
          else next.delete(nameOf(item));
        }
        return next;
      });
    },
    [nameOf],
  );
  const clear = useCallback(() => setNames(new Set()), []);
  const all = useCallback(() => setNames(new Set(latest.current.map(nameOf))), [nameOf]);
  const chosen = useMemo(() => (names.size === 0 ? [] : items.filter((item) => names.has(nameOf(item)))), [names, items, nameOf]);
  return { names, chosen, select, clear, all };
}
