import { Alert, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { Finding, Stay } from '../api/findings';
import type { Problem } from '../api/problem';
import { Key } from '../shell/Key';
import { useTexts, wordOf } from '../text';
import { needsReason, needsWhom } from './allowed';
import { ChangedNotice } from './ChangedNotice';
import type { Draft } from './drafts';
import { lineKey, PartsField, partsOK } from './PartsField';
import { ReasonField } from './ReasonField';
import type { SingleDecision } from './send';
import { WhomField } from './WhomField';

interface Props {
  finding: Finding;
  stay: Stay | undefined;
  draft: Draft;
  problem: Problem | undefined;
  busy: boolean;
  change: (draft: Draft) => void;
  send: (body: SingleDecision) => void;
  cancel: () => void;
}

// DecideForm is a decision while it is written. When the finding changes meanwhile it
// says so, keeps what was typed, and sends again only about what was seen since.
export function DecideForm({ finding, stay, draft, problem, busy, change, send, cancel }: Props) {
  const texts = useTexts();
  const { action, about } = draft;
  const stale = finding.facts_sha256 !== about.facts_sha256 || finding.revision !== about.revision;
  const ready =
    (!needsReason(action) || draft.reason.trim() !== '') &&
    (!needsWhom(action) || draft.to.trim() !== '') &&
    partsOK(finding, draft.amounts);
  const submit = () => {
    if (!ready || busy) return;
    if (stale) return change({ ...draft, about: finding }); // seen now: the next press sends
    const lines = finding.lines
      .filter((line) => draft.amounts?.has(lineKey(line)))
      .map((line) => ({
        kind: line.kind as 'fee',
        institution_id: line.institution_id,
        record_id: line.record_id,
        amount: draft.amounts!.get(lineKey(line))!,
      }));
    send({
      action,
      expected_revision: about.revision,
      facts_sha256: about.facts_sha256,
      ...(draft.reason.trim() ? { reason: draft.reason.trim() } : {}),
      ...(needsWhom(action) ? { to: draft.to.trim() } : {}),
      ...(action === 'extend' && draft.dueOn ? { due_on: draft.dueOn } : {}),
      ...(lines.length > 0 ? { lines } : {}),
    });
  };
  return (
    <div
      className="decide-form"
      onKeyDown={(event) => {
        const act = event.key === 'Escape' ? cancel : event.key === 'Enter' && (event.ctrlKey || event.metaKey) ? submit : undefined;
        if (!act) return;
        event.preventDefault(); // the page has another meaning for the key
        act();
      }}
    >
      <h3>{texts.actions[action]}</h3>
      {stale && <ChangedNotice before={about} now={finding} />}
      {problem && problem.code !== 'changed' && (
        <Alert type="error" showIcon title={problem.message || texts.answers.unreachable} description={adviceOn(problem, texts.answers.advice)} />
      )}
      {needsWhom(action) && <WhomField value={draft.to} onChange={(to) => change({ ...draft, to })} />}
      {action === 'extend' && (
        <DatePicker
          value={draft.dueOn ? dayjs(draft.dueOn) : null}
          placeholder={texts.decide.dueDefault}
          aria-label={texts.decide.dueOn}
          onChange={(date: dayjs.Dayjs | null) => change({ ...draft, dueOn: date?.format('YYYY-MM-DD') })}
        />
      )}
      {action === 'reject' && <PartsField finding={finding} stay={stay} amounts={draft.amounts} onChange={(amounts) => change({ ...draft, amounts })} />}
      <ReasonField action={action} value={draft.reason} rows={2} onChange={(reason) => change({ ...draft, reason })} />
      <div className="decide-actions">
        <Button type="primary" danger={action === 'reject'} disabled={!ready} loading={busy} onClick={submit}>
          {stale ? texts.decide.again : texts.decide.send(texts.actions[action])}
          <Key name="Ctrl ↵" />
        </Button>
        <Button onClick={cancel}>
          {texts.decide.cancel}
          <Key name="Esc" />
        </Button>
      </div>
    </div>
  );
}

function adviceOn(problem: Problem, advice: Record<string, string>): string | undefined {
  const said = wordOf(advice, problem.code);
  return said === problem.code ? undefined : said;
}
