import { App, Button, Form, Input } from 'antd';
import { changePassword, useIdentity } from '../api/session';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { saidOf } from './factor';
import { usePeople } from './texts';

interface Passwords {
  password: string;
  new_password: string;
  again: string;
  totp?: string;
}

// PasswordForm chooses another password.
export function PasswordForm() {
  const { me: texts, factor } = usePeople();
  const { totp: has } = useIdentity();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const { act, busy, problem } = useAct({
    send: ({ password, new_password, totp }: Passwords) => changePassword({ password, new_password, ...(totp ? { totp } : {}) }),
    stale: [],
    done: () => {
      form.resetFields();
      void message.success(texts.saved);
    },
  });
  const given = { required: true, message: '' };
  return (
    <Form<Passwords> form={form} layout="vertical" requiredMark={false} className="narrow" onFinish={(fields) => void act(fields)}>
      <Refusal problem={saidOf(problem, has ? factor.wrongEither : factor.wrongPassword)} />
      <Form.Item name="password" label={texts.now} rules={[given]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {has && (
        <Form.Item name="totp" label={factor.code} rules={[given]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} />
        </Form.Item>
      )}
      <Form.Item name="new_password" label={texts.next} rules={[given, { min: 10, message: texts.next }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={texts.again}
        dependencies={['new_password']}
        rules={[
          given,
          ({ getFieldValue }) => ({
            validator: (_, value) => (!value || value === getFieldValue('new_password') ? Promise.resolve() : Promise.reject(new Error(texts.differs))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {texts.save}
      </Button>
    </Form>
  );
}
