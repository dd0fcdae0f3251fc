import { Alert, Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { has, useIdentity } from '../api/session';
import { isAmount, minute } from '../format';
import { Person } from '../shell/Person';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import { touched, type Signature, type TwoStep } from './money';
import { useMoney } from './texts';

interface Props {
  proposed: Signature | null;
  words: { propose: string; confirm: string; follows: string };
  pays?: string; // at most this amount; it asks for a reference too
  children?: ReactNode; // what is proposed
  send: (body: TwoStep, key: string) => Promise<unknown>;
}

// TwoPersons is what a settlement clerk proposes and somebody else confirms.
export function TwoPersons({ proposed, words, pays, children, send }: Props) {
  const { two } = useMoney();
  const identity = useIdentity();
  const [action, setAction] = useState<TwoStep['action']>();
  const mine = proposed?.by === identity.key_id;
  const may = proposed ? !mine && has(identity, 'clerk', 'reviewer', 'director') : has(identity, 'clerk');
  return (
    <div className="two-persons">
      {proposed && (
        <Alert
          className="proposal"
          type="warning"
          showIcon
          title={
            <>
              <Person id={proposed.by} /> {two.proposed(minute(proposed.at))} {children}
            </>
          }
          description={mine ? two.notYou : may ? two.youMay : two.others}
        />
      )}
      <div className="next-steps no-print">
        {proposed ? (
          <>
            <Button type="primary" disabled={!may} onClick={() => setAction('confirm')}>
              {words.confirm}
            </Button>
            {mine && <Button onClick={() => setAction('withdraw')}>{two.withdraw}</Button>}
          </>
        ) : (
          <Button type="primary" disabled={!may} title={may ? undefined : two.clerks} onClick={() => setAction('propose')}>
            {words.propose}
          </Button>
        )}
        {!proposed && !may && <span className="weak">{two.clerks}</span>}
      </div>
      {action && (
        <Ask
          title={action === 'propose' ? words.propose : action === 'confirm' ? words.confirm : two.withdraw}
          follows={action === 'confirm' ? words.follows : action === 'propose' ? two.proposeFollows : two.withdrawFollows}
          pays={action === 'propose' ? pays : undefined}
          action={action}
          proposal={proposed?.entry}
          send={send}
          close={() => setAction(undefined)}
        />
      )}
    </div>
  );
}

interface AskProps {
  title: string;
  follows: string;
  pays: string | undefined;
  action: TwoStep['action'];
  proposal: number | undefined;
  send: Props['send'];
  close: () => void;
}

function Ask({ title, follows, pays, action, proposal, send, close }: AskProps) {
  const { decide } = useTexts();
  const { two } = useMoney();
  const [typed, setTyped] = useState({ reason: '', amount: pays ?? '', reference: '' });
  const { act, busy, problem } = useAct<TwoStep, unknown>({ send, stale: touched, done: close });
  const ready = pays === undefined || isAmount(typed.amount);
  const order: TwoStep = {
    action,
    ...(action === 'confirm' && proposal ? { proposal } : {}),
    ...(typed.reason.trim() ? { reason: typed.reason.trim() } : {}),
    ...(pays !== undefined ? { amount: typed.amount } : {}),
    ...(typed.reference ? { reference: typed.reference } : {}),
  };
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={decide.cancel}
      okButtonProps={{ loading: busy, disabled: !ready }}
      onOk={() => void act(order)}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p className="step-about">{follows}</p>
      <Refusal problem={problem} />
      <div className="step-form">
        {pays !== undefined && (
          <>
            <label htmlFor="two-amount">{two.amount}</label>
            <Input id="two-amount" className="number" value={typed.amount} onChange={(event) => setTyped({ ...typed, amount: event.target.value.trim() })} />
            <label htmlFor="two-reference">{two.reference}</label>
            <Input id="two-reference" maxLength={64} value={typed.reference} onChange={(event) => setTyped({ ...typed, reference: event.target.value.trim() })} />
          </>
        )}
        <label htmlFor="two-reason">{two.note}</label>
        <Input.TextArea id="two-reason" rows={2} maxLength={4000} value={typed.reason} onChange={(event) => setTyped({ ...typed, reason: event.target.value })} />
      </div>
    </Modal>
  );
}
