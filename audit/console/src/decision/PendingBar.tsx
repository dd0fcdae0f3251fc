import { App, Button } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useKeys } from '../shell/keys';
import { useTexts } from '../text';
import { grace, type Outbox } from './outbox';

// PendingBar shows the latest decision that can still be undone.
export function PendingBar({ outbox }: { outbox: Outbox }) {
  const texts = useTexts();
  const { message } = App.useApp();
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.waiting);
  const latest = waiting.findLast((w) => !w.sending);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!latest) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [latest]);
  const undo = () => {
    if (outbox.undo()) void message.info(texts.decide.undone);
  };
  useKeys({ u: undo }, latest !== undefined);
  if (!latest) return null;
  const left = Math.max(0, Math.min(grace, latest.sendsAt - now));
  const { action, findings } = latest.decision;
  return (
    <div className="pending" role="status">
      <span className="pending-left" style={{ width: `${(left / grace) * 100}%` }} />
      <span>{texts.decide.pending(texts.actions[action], findings.length, Math.ceil(left / 1000))}</span>
      <Button size="small" onClick={() => void outbox.send(latest.key)}>
        {texts.decide.now}
      </Button>
      <Button size="small" type="primary" onClick={undo}>
        {texts.decide.undo}
      </Button>
    </div>
  );
}
