import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { readEvent, renew, unseen, type LiveEvent } from '../api/live';
import type { Finding } from '../api/findings';
import { gathered } from '../api/inbox';
import { authorization, has, useSession } from '../api/session';
import { follow } from '../api/stream';
import { readers } from '../roles';

interface Live {
  connected: boolean | undefined; // undefined: there is nothing to hear for this person
  fresh: ReadonlyMap<string, Finding>; // findings that opened since the lists were read
  welcome(): void; // the lists are read anew
}

const LiveContext = createContext<Live>({ connected: false, fresh: new Map(), welcome: () => {} });

export const useLive = (): Live => useContext(LiveContext);

// Events are taken together: a thousand at once must not paint a thousand times.
const together = 400;

// LiveProvider holds the one connection of this tab.
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { identity, expired } = useSession();
  const [connected, setConnected] = useState(false);
  const [fresh, setFresh] = useState<ReadonlyMap<string, Finding>>(new Map());
  const hears = has(identity, ...readers, 'hospital');
  const listening = hears && !expired;

  const welcome = useCallback(() => {
    setFresh(new Map());
    void queries.resetQueries({ queryKey: ['findings'] }); // from the first page on, not all that was scrolled through
    void queries.resetQueries({ queryKey: ['cases'] });
    void queries.invalidateQueries({ queryKey: ['counts'] });
  }, [queries]);

  useEffect(() => {
    if (!listening) return;
    const stop = new AbortController();
    let batch = new Map<string, LiveEvent>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let told: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const events = batch;
      batch = new Map();
      renew(queries, events);
      told ??= setTimeout(() => {
        told = undefined;
        void queries.invalidateQueries({ queryKey: ['inbox'] });
      }, gathered);
      const opened = unseen(queries, events);
      if (opened.length > 0) setFresh((before) => new Map([...before, ...opened]));
    };
    void follow(
      {
        open: (lastID, signal) =>
          fetch('/v1/stream', { headers: { ...authorization(), ...(lastID ? { 'Last-Event-ID': lastID } : {}) }, signal }),
        hear: (message) => {
          const event = readEvent(message);
          if (event) batch.set(event.finding_id, event);
          else if (message.event === 'reset') void queries.invalidateQueries();
          timer ??= setTimeout(flush, together);
        },
        connected: setConnected,
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      },
      stop.signal,
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
      clearTimeout(told);
      setConnected(false);
    };
  }, [queries, listening]);

  const live = useMemo(() => ({ connected: hears ? connected : undefined, fresh, welcome }), [hears, connected, fresh, welcome]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
