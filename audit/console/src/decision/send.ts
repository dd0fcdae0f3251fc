import { answered, client, type Schemas } from '../api/client';
import type { Action, Decision, Outcome } from './outbox';

// The API takes this many findings in one request.
const most = 1000;

// sendAll sends one decision about many findings.
export async function sendAll({ action, reason, to, findings }: Decision, key: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let begin = 0; begin < findings.length; begin += most) {
    const { items } = await answered(
      client.POST('/v1/decisions', {
        params: { header: { 'Idempotency-Key': `${key}-${begin}` } },
        body: { action, ...(reason ? { reason } : {}), ...(to ? { to } : {}), findings: findings.slice(begin, begin + most) },
      }),
    );
    outcomes.push(...items);
  }
  return outcomes;
}

export type SingleDecision = Omit<Schemas['DecisionBody'], 'action'> & { action: Action };

// sendOne decides about one finding and gives it as it stands then.
export const sendOne = (id: string, body: SingleDecision, key: string) =>
  answered(client.POST('/v1/findings/{id}/decisions', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body }));
