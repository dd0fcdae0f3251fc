import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Finding } from '../api/findings';

// useSelection remembers which findings are selected, by id: rows may move.
export function useSelection(items: readonly Finding[]) {
  const [ids, setIDs] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(items);
  const anchor = useRef(0);
  useEffect(() => {
    latest.current = items;
  }, [items]);

  const select = useCallback((index: number, to: boolean, range = false) => {
    const [from, until] = range ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    anchor.current = index;
    setIDs((before) => {
      const next = new Set(before);
      for (const item of latest.current.slice(from, until + 1)) {
        if (to) next.add(item.finding_id);
        else next.delete(item.finding_id);
      }
      return next;
    });
  }, []);
  const clear = useCallback(() => setIDs(new Set()), []);
  const all = useCallback(() => setIDs(new Set(latest.current.map((item) => item.finding_id))), []);
  const chosen = useMemo(() => (ids.size === 0 ? [] : items.filter((item) => ids.has(item.finding_id))), [ids, items]);
  return { ids, chosen, select, clear, all };
}
