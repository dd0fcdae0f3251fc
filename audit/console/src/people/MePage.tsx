import { App, Button, Form, Input } from 'antd';
import { client } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { useIdentity } from '../api/session';
import { minute } from '../format';
import { Facts, Page, Section } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import { usePeople } from './texts';

interface Passwords {
  password: string;
  new_password: string;
  again: string;
}

// MePage is one's own account.
export function MePage() {
  const { me: texts, province } = usePeople();
  const { roles, units } = useTexts();
  const identity = useIdentity();
  const nameOf = useInstitutionName();
  return (
    <Page title={identity.name ?? texts.title}>
      <Facts
        facts={[
          ...(identity.login ? [[texts.login, identity.login] as [string, string]] : []),
          [texts.roles, identity.roles.map((role) => roles[role]).join(units.and)],
          [texts.place, identity.institution_id ? nameOf(identity.institution_id) : (identity.city ?? province)],
          [texts.id, <span className="code">{identity.key_id}</span>],
          ...(identity.expires_at ? [[texts.expires, minute(identity.expires_at)] as [string, string]] : []),
        ]}
      />
      <Section title={texts.password}>{identity.byKey ? <p className="weak">{texts.byKey}</p> : <PasswordForm />}</Section>
    </Page>
  );
}

function PasswordForm() {
  const { me: texts } = usePeople();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const { act, busy, problem } = useAct({
    send: ({ password, new_password }: Passwords) => client.PUT('/v1/session/password', { body: { password, new_password } }),
    stale: [],
    done: () => {
      form.resetFields();
      void message.success(texts.saved);
    },
  });
  const given = { required: true, message: '' };
  return (
    <Form<Passwords> form={form} layout="vertical" requiredMark={false} className="narrow" onFinish={(fields) => void act(fields)}>
      <Refusal problem={problem} />
      <Form.Item name="password" label={texts.now} rules={[given]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
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
