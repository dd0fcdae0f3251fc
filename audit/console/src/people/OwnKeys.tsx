import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { answered, client } from '../api/client';
import { useIdentity } from '../api/session';
import { Loaded } from '../shell/Loaded';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import type { NewKey } from './keys';
import { keysQuery } from './keysQuery';
import { KeyTable } from './KeyTable';
import { ShownOnce } from './ShownOnce';
import { usePeople } from './texts';

// OwnKeys are the keys with which programs of one's own call, as oneself.
export function OwnKeys() {
  const { keys: texts } = usePeople();
  const { key_id } = useIdentity();
  const query = useQuery(keysQuery);
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<NewKey>();
  const { act, busy, problem } = useAct({
    send: (named: string) => answered(client.POST('/v1/keys', { body: { account: key_id, ...(named ? { label: named } : {}) } })),
    stale: [['keys']],
    done: (answer) => {
      setMade(answer);
      setLabel('');
    },
  });
  return (
    <>
      <p className="weak">{texts.ownLead}</p>
      <Refusal problem={problem} />
      <form
        className="beside own-key"
        onSubmit={(event) => {
          event.preventDefault();
          void act(label.trim());
        }}
      >
        <Input id="key-label" value={label} maxLength={64} autoComplete="off" placeholder={texts.label} aria-label={texts.label} onChange={(event) => setLabel(event.target.value)} />
        <Button htmlType="submit" loading={busy}>
          {texts.make}
        </Button>
      </form>
      <Loaded query={query} rows={3}>
        {(all) => {
          const own = all.filter((key) => key.account === key_id);
          return own.length === 0 ? <p className="weak">{texts.none}</p> : <KeyTable own keys={own} />;
        }}
      </Loaded>
      {made?.key && <ShownOnce title={texts.shown} text={texts.shownText} value={made.key} close={() => setMade(undefined)} />}
    </>
  );
}
