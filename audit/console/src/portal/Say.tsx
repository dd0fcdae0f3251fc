import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { accepted, attach, mediaTypeOf, tooLarge } from '../api/attachments';
import { answered, client } from '../api/client';
import type { FindingDetail } from '../api/findings';
import { Problem } from '../api/problem';
import { useIdentity } from '../api/session';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { draftOf, dropDraft, keepDraft, type Draft } from './drafts';
import { usePortal } from './texts';

interface Props {
  finding: FindingDetail;
  what: 'statements' | 'appeals';
}

interface Said {
  text: string;
  attachments: string[];
}

// Say is where an institution writes a statement or an appeal. What is typed is kept in
// this tab until it is sent: refusals, other pages and the end of a session lose nothing.
export function Say({ finding, what }: Props) {
  const { answer } = usePortal();
  const { message } = App.useApp();
  const { key_id: me } = useIdentity();
  const place = `${me}|${what}|${finding.finding_id}`;
  const [draft, setDraft] = useState<Draft>(() => draftOf(place));
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Problem>();
  const files = useRef<HTMLInputElement>(null);
  const change = (next: (before: Draft) => Draft) =>
    setDraft((before) => {
      const after = next(before);
      keepDraft(place, after);
      return after;
    });
  const { act, busy, problem } = useAct({
    send: (body: Said, key: string) => {
      const params = { path: { id: finding.finding_id }, header: { 'Idempotency-Key': key } };
      return what === 'statements'
        ? answered(client.POST('/v1/findings/{id}/statements', { params, body }))
        : answered(client.POST('/v1/findings/{id}/appeals', { params, body }));
    },
    stale: [['finding', finding.finding_id], ['ours']],
    done: () => {
      dropDraft(place);
      void message.success(what === 'statements' ? answer.saved : answer.appealed);
    },
  });
  const add = async (chosen: File[]) => {
    setSending(true);
    setRefused(undefined);
    try {
      for (const file of chosen) {
        if (tooLarge(file)) throw new Problem({ code: 'too_large', title: answer.tooLarge(file.name) });
        if (!mediaTypeOf(file)) throw new Problem({ code: 'type', title: answer.wrongType(file.name) });
        const kept = await attach(file);
        change((before) => ({ ...before, files: [...before.files.filter((f) => f.sha256 !== kept.sha256), kept] }));
      }
    } catch (error) {
      setRefused(error instanceof Problem ? error : Problem.unreachable());
    } finally {
      setSending(false);
    }
  };
  const label = what === 'statements' ? answer.text : answer.appeal;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act({ text: draft.text, attachments: draft.files.map((f) => f.sha256) });
      }}
    >
      <Input.TextArea
        rows={8}
        maxLength={20000}
        showCount
        value={draft.text}
        aria-label={label}
        placeholder={what === 'statements' ? answer.hint : answer.appealHint}
        onChange={(event) => change((before) => ({ ...before, text: event.target.value }))}
      />
      <ul aria-label={answer.files}>
        {draft.files.map((file) => (
          <li key={file.sha256}>
            <span title={file.name}>{file.name}</span>
            <Button size="small" type="text" aria-label={answer.removeFile(file.name)} onClick={() => change((before) => ({ ...before, files: before.files.filter((f) => f !== file) }))}>
              {'×'}
            </Button>
          </li>
        ))}
      </ul>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept={accepted}
        aria-label={answer.addFile}
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          event.target.value = ''; // the same file may be chosen again
        }}
      />
      <Button size="small" icon={<PaperClipOutlined />} loading={sending} disabled={draft.files.length >= 50} onClick={() => files.current?.click()}>
        {sending ? answer.sending : answer.addFile}
      </Button>
      <p className="hint">{answer.fileRule}</p>
      <Refusal problem={refused ?? problem} />
      <div className="answer-foot">
        <Button type="primary" htmlType="submit" loading={busy} disabled={sending || draft.text.trim() === ''}>
          {what === 'statements' ? answer.send : answer.sendAppeal}
        </Button>
        {(draft.text !== '' || draft.files.length > 0) && <span className="hint">{answer.kept}</span>}
      </div>
    </form>
  );
}
