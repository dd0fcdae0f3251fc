import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { newKey } from '../api/client';
import type { Finding, FindingDetail, Stay } from '../api/findings';
import { Problem } from '../api/problem';
import { mayDecide, useSession } from '../api/session';
import { Key } from '../shell/Key';
import { useKeys } from '../shell/keys';
import { useTexts } from '../text';
import { allowedOn } from './allowed';
import { DecideForm } from './DecideForm';
import { draftOf, dropDraft, keepDraft, type Draft } from './drafts';
import type { Action } from './outbox';
import { sendOne, type SingleDecision } from './send';

interface Props {
  finding: Finding;
  stay: Stay | undefined;
  decided: (action: Action) => void;
}

const keyOf: Partial<Record<Action, string>> = { notify: 'n', reject: 'r', release: 'a' };

// DecideBar decides about the finding that is shown.
export function DecideBar({ finding, stay, decided }: Props) {
  const texts = useTexts();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { identity } = useSession();
  const id = finding.finding_id;
  const [draft, setDraft] = useState<Draft | undefined>(() => draftOf(id));
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const attempt = useRef({ body: '', key: '' });
  const mine = finding.claim !== undefined && finding.claim.by === identity?.key_id;
  const may = mayDecide(identity);
  const actions = may ? allowedOn(finding) : [];

  const put = (next: Draft | undefined) => {
    if (next) keepDraft(next);
    else dropDraft(id);
    setDraft(next);
  };
  const begin = (action: Action) => {
    if (!may) return void message.info(texts.decide.readOnly);
    if (!actions.includes(action)) return void message.info(texts.decide.notAllowed);
    setProblem(undefined);
    put({ action, reason: draft?.reason ?? '', to: '', dueOn: undefined, amounts: undefined, about: finding });
  };
  const send = async (body: SingleDecision) => {
    setBusy(true);
    // The same decision once more has the same key: nobody knows whether an answer that
    // was lost was one to a decision that was taken.
    const said = JSON.stringify(body);
    if (attempt.current.body !== said) attempt.current = { body: said, key: newKey() };
    try {
      const after = await sendOne(id, body, attempt.current.key);
      queries.setQueryData<FindingDetail>(['finding', id], after);
      void queries.invalidateQueries({ queryKey: ['stay', finding.institution_id] });
      void queries.invalidateQueries({ queryKey: ['counts'] });
      attempt.current = { body: '', key: '' };
      setProblem(undefined);
      put(undefined);
      void message.success(after.proposed ? texts.decide.waits : texts.decide.done(texts.actions[body.action], 1));
      decided(body.action);
    } catch (error) {
      const refused = error instanceof Problem ? error : Problem.unreachable();
      if (refused.code !== 'unauthenticated') setProblem(refused); // whoever has signed in again presses once more
      if (refused.code !== 'unreachable') attempt.current = { body: '', key: '' };
      if (refused.code === 'changed') {
        await queries.invalidateQueries({ queryKey: ['finding', id] });
        await queries.invalidateQueries({ queryKey: ['stay', finding.institution_id] });
      }
    } finally {
      setBusy(false);
    }
  };
  const claim = () =>
    void send({ action: mine ? 'unclaim' : 'claim', expected_revision: finding.revision, facts_sha256: finding.facts_sha256 });
  useKeys({
    n: () => begin('notify'),
    r: () => begin('reject'),
    a: () => begin('release'),
    c: claim,
  });

  return (
    <div className="decide no-print">
      {draft ? (
        <DecideForm
          finding={finding}
          stay={stay}
          draft={draft}
          problem={problem}
          busy={busy}
          change={put}
          send={(body) => void send(body)}
          cancel={() => {
            put(undefined);
            setProblem(undefined);
          }}
        />
      ) : (
        <div className="decide-actions" role="toolbar" aria-label={texts.decide.title}>
          {!may && <span className="weak">{texts.decide.readOnly}</span>}
          {actions.map((action, i) => (
            <Button key={action} type={i === 0 ? 'primary' : 'default'} danger={action === 'reject'} onClick={() => begin(action)}>
              {texts.actions[action]}
              <Key name={keyOf[action]} />
            </Button>
          ))}
          <span className="grow" />
          {may && actions.length > 0 && (
            <Tooltip title={texts.actions[mine ? 'unclaim' : 'claim']}>
              <Button
                type="text"
                icon={mine ? <UnlockOutlined /> : <LockOutlined />}
                aria-label={texts.actions[mine ? 'unclaim' : 'claim']}
                onClick={claim}
                loading={busy}
              >
                <Key name="c" />
              </Button>
            </Tooltip>
          )}
          {problem && <span className="past">{problem.message || texts.answers.unreachable}</span>}
        </div>
      )}
    </div>
  );
}
