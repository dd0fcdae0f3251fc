import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { newKey } from '../api/client';
import { Problem } from '../api/problem';
import { onParting } from '../api/session';
import { useTexts } from '../text';
import { Outbox, type Decision, type Outcome } from './outbox';
import { PendingBar } from './PendingBar';
import { sendAll } from './send';

const OutboxContext = createContext<Outbox | undefined>(undefined);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('there is no outbox around this');
  return outbox;
}

// OutboxProvider keeps decisions while they can be undone, whatever page is shown.
export function OutboxProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const texts = useTexts();
  const [outbox] = useState(() => new Outbox({ send: sendAll, newKey, now: () => Date.now() }));
  useEffect(() => {
    const settled = (decision: Decision, outcomes: Outcome[]) => {
      const refused = outcomes.filter((o) => o.code);
      const action = texts.actions[decision.action];
      if (refused.length < outcomes.length) void message.success(texts.decide.done(action, outcomes.length - refused.length));
      if (refused.length > 0) {
        const reasons = [...new Set(refused.map((o) => o.message ?? o.code))];
        notification.warning({ title: `${action}: ${texts.decide.someRefused(refused.length)}`, description: reasons.slice(0, 5).join('\n'), duration: 0 });
      }
      // The stream renews the findings on the screen; cases are sums over them.
      void queries.invalidateQueries({ queryKey: ['cases'] });
      void queries.invalidateQueries({ queryKey: ['counts'] });
      outcomes.forEach((o) => void queries.invalidateQueries({ queryKey: ['finding', o.finding_id] }));
    };
    const failed = (decision: Decision, error: unknown) => {
      const said = error instanceof Problem && error.code !== 'unreachable' ? error.message : texts.answers.unreachable;
      notification.error({ title: texts.decide.failed(texts.actions[decision.action]), description: said, duration: 0 });
    };
    outbox.tellTo({ settled, failed });
  }, [outbox, queries, message, notification, texts]);
  useEffect(() => onParting((theirs) => outbox.part(theirs)), [outbox]);
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      if (outbox.waiting().length > 0) event.preventDefault(); // the browser asks: what waits would be lost
    };
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [outbox]);
  return (
    <OutboxContext value={outbox}>
      {children}
      <PendingBar outbox={outbox} />
    </OutboxContext>
  );
}
