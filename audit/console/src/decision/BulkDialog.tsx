import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { Finding } from '../api/findings';
import { sum } from '../format';
import { Money } from '../shell/Money';
import { useTexts } from '../text';
import { needsReason, needsWhom } from './allowed';
import type { Action, Decision } from './outbox';
import { ReasonField } from './ReasonField';
import { seen } from './seen';

interface Props {
  action: Action;
  findings: Finding[];
  close: () => void;
  decide: (decision: Decision) => void;
}

// BulkDialog asks for the one reason of a decision about many findings.
export function BulkDialog({ action, findings, close, decide }: Props) {
  const texts = useTexts();
  const [reason, setReason] = useState('');
  const [to, setTo] = useState('');
  const ready = (!needsReason(action) || reason.trim() !== '') && (!needsWhom(action) || to.trim() !== '');
  const send = () => {
    if (!ready) return;
    decide({
      action,
      findings: findings.map(seen),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(needsWhom(action) ? { to: to.trim() } : {}),
    });
    close();
  };
  return (
    <Modal
      open
      title={texts.decide.confirmBulk(texts.actions[action], findings.length)}
      okText={texts.decide.send(texts.actions[action])}
      cancelText={texts.decide.cancel}
      okButtonProps={{ disabled: !ready, danger: action === 'reject' }}
      onOk={send}
      onCancel={close}
    >
      <div
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      >
        <p>
          {texts.stay.atIssue} <Money amount={sum(findings.map((f) => f.attributed ?? f.amount))} /> {texts.units.yuan}
        </p>
        <div className="reason">
          {needsWhom(action) && (
            <Input
              autoFocus
              value={to}
              maxLength={256}
              placeholder={texts.decide.toHint}
              aria-label={texts.decide.to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
          <ReasonField action={action} value={reason} onChange={setReason} />
        </div>
      </div>
    </Modal>
  );
}
