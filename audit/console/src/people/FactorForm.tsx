import { App, Button, Form, Input, QRCode } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { setFactor, useIdentity } from '../api/session';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { inFours, saidOf } from './factor';
import { usePeople } from './texts';

interface Codes {
  code: string;
  password: string;
  totp?: string;
}

// FactorForm draws a secret for an authenticator program, and sets it up when a code of it
// shows that the program has it. Until then the factor of before counts.
export function FactorForm({ begin }: { begin: string }) {
  const { factor: texts, form: buttons } = usePeople();
  const { totp: has } = useIdentity();
  const { message } = App.useApp();
  const [drawn, setDrawn] = useState<Schemas['FactorAnswerBody']>();
  const draw = useAct({ send: () => answered(client.POST('/v1/session/totp')), stale: [], done: setDrawn });
  const set = useAct({
    send: ({ code, password, totp }: Codes) => setFactor({ secret: drawn!.secret, code: code.replace(/\s/g, ''), password, ...(totp ? { totp } : {}) }),
    stale: [],
    done: () => {
      setDrawn(undefined);
      void message.success(texts.done);
    },
  });
  if (!drawn) {
    return (
      <>
        <Refusal problem={draw.problem} />
        <Button type={has ? 'default' : 'primary'} loading={draw.busy} onClick={() => void draw.act(undefined)}>
          {begin}
        </Button>
      </>
    );
  }
  const given = { required: true, message: '' };
  return (
    <div className="enrol">
      <div className="drawn">
        <div role="img" aria-label={texts.square}>
          <QRCode value={drawn.uri} type="svg" size={168} color="#000" bgColor="#fff" />
        </div>
        <p className="hint">{texts.byHand}</p>
        <p className="code secret">{inFours(drawn.secret)}</p>
      </div>
      <Form<Codes> layout="vertical" requiredMark={false} className="narrow" onFinish={(codes) => void set.act(codes)}>
        <p>{texts.how}</p>
        <Refusal problem={saidOf(set.problem, has ? texts.wrongEither : texts.wrongPassword)} />
        <Form.Item name="code" label={has ? texts.newCode : texts.code} rules={[given]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} autoFocus />
        </Form.Item>
        <Form.Item name="password" label={texts.password} rules={[given]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {has && (
          <Form.Item name="totp" label={texts.oldCode} rules={[given]}>
            <Input autoComplete="off" inputMode="numeric" maxLength={8} />
          </Form.Item>
        )}
        <div className="beside">
          <Button type="primary" htmlType="submit" loading={set.busy}>
            {texts.confirm}
          </Button>
          <Button onClick={() => setDrawn(undefined)}>{buttons.cancel}</Button>
        </div>
      </Form>
    </div>
  );
}
