import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newKey } from '../api/client';
import { Problem } from '../api/problem';

interface Act<B, A> {
  send: (body: B, idempotencyKey: string) => Promise<A>;
  stale: QueryKey[]; // what is read anew afterwards
  done?: (answer: A) => void;
}

// useAct gives an order of somebody to the server once. The same order once more has the
// same key: nobody knows whether an answer that was lost was one to an order that was
// carried out. What was typed stays with whoever called.
export function useAct<B, A>({ send, stale, done }: Act<B, A>) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const attempt = useRef({ said: '', key: '' });
  const act = async (body: B): Promise<boolean> => {
    const said = JSON.stringify(body);
    if (attempt.current.said !== said) attempt.current = { said, key: newKey() };
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await send(body, attempt.current.key);
      attempt.current = { said: '', key: '' };
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      done?.(answer);
      return true;
    } catch (error) {
      const refused = error instanceof Problem ? error : Problem.unreachable();
      if (refused.code !== 'unauthenticated') setProblem(refused); // whoever has signed in again presses once more
      if (refused.code !== 'unreachable' && refused.code !== 'unauthenticated') attempt.current = { said: '', key: '' };
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { act, busy, problem, forget: () => setProblem(undefined) };
}
