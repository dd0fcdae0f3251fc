import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Finding } from '../api/findings';
import { mayDecide, useSession } from '../api/session';
import { useTexts } from '../text';
import { allowedOn, needsReason, needsWhom } from './allowed';
import { BulkDialog } from './BulkDialog';
import type { Action } from './outbox';
import { useOutbox } from './OutboxProvider';
import { seen } from './seen';

interface Bulk {
  decide: (action: Action, findings: Finding[]) => void;
  claim: (findings: Finding[]) => void;
  dialog: ReactNode;
}

// useBulkDecision decides about many findings for one reason: those whose state allows it.
// done is called when the decision is made, which is before it is sent.
export function useBulkDecision(done: () => void): Bulk {
  const { decide: words } = useTexts();
  const { identity } = useSession();
  const { message } = App.useApp();
  const outbox = useOutbox();
  const [asked, setAsked] = useState<{ action: Action; findings: Finding[] }>();

  const decide = (action: Action, findings: Finding[]) => {
    if (!mayDecide(identity)) return void message.info(words.readOnly);
    const possible = findings.filter((f) => allowedOn(f).includes(action));
    if (possible.length === 0) return void message.info(words.notAllowed);
    if (needsReason(action) || needsWhom(action)) return setAsked({ action, findings: possible });
    outbox.add({ action, findings: possible.map(seen) });
    done();
  };
  const claim = (findings: Finding[]) => {
    if (!mayDecide(identity)) return void message.info(words.readOnly);
    if (findings.length === 0) return;
    const mine = findings.every((f) => f.claim && f.claim.by === identity?.key_id);
    void outbox.send(outbox.add({ action: mine ? 'unclaim' : 'claim', findings: findings.map(seen) }));
    done();
  };
  const dialog = asked && (
    <BulkDialog
      {...asked}
      close={() => setAsked(undefined)}
      decide={(decision) => {
        outbox.add(decision);
        done();
      }}
    />
  );
  return { decide, claim, dialog };
}
