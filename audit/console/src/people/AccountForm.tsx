import { Checkbox, Form, Input, Modal, Radio } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import type { Role } from '../api/session';
import { staff } from '../roles';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import { usePeople } from './texts';

interface Fields {
  login: string;
  name: string;
  belongs: 'agency' | 'hospital';
  roles?: Role[];
  city?: string;
  institution?: string;
}

interface Props {
  account: Schemas['AccountView'] | undefined; // undefined: a new one
  close: () => void;
  made: (name: string, link: string) => void;
}

const stale = [['accounts'], ['colleagues']];

// AccountForm makes an account, or changes its name and rights. What is typed stays
// until it is accepted.
export function AccountForm({ account, close, made }: Props) {
  const { form: texts, add } = usePeople();
  const { roles } = useTexts();
  const [form] = Form.useForm<Fields>();
  const belongs = Form.useWatch('belongs', form) ?? 'agency';
  const make = useAct({
    send: async ({ login, name, belongs: to, roles: given, city, institution }: Fields) => {
      const rights = to === 'agency' ? { roles: given ?? [], ...(city ? { city } : {}) } : { institution_id: institution ?? '' };
      return answered(client.POST('/v1/accounts', { body: { login, name, ...rights } }));
    },
    stale,
    done: ({ name, link }) => made(name, link),
  });
  const change = useAct({
    send: ({ login, name, roles: given, city }: Fields) =>
      answered(
        client.PATCH('/v1/accounts/{account_id}', {
          params: { path: { account_id: account!.account_id } },
          body: { expected_revision: account!.revision, login, name, roles: given ?? [], ...(city ? { city } : {}) },
        }),
      ),
    stale,
    done: close,
  });
  const acting = account ? change : make;
  const given = [{ required: true, message: '' }];
  return (
    <Modal
      open
      title={account?.name ?? add}
      okText={account ? texts.save : texts.make}
      cancelText={texts.cancel}
      okButtonProps={{ loading: acting.busy }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Refusal problem={acting.problem} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={account ? { ...account, belongs: 'agency' } : { belongs: 'agency', roles: ['officer'] }}
        onFinish={(fields) => void acting.act(fields)}
      >
        <Form.Item name="login" label={texts.login} rules={given}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={texts.name} rules={given}>
          <Input autoComplete="off" />
        </Form.Item>
        {!account && (
          <Form.Item name="belongs" label={texts.belongs}>
            <Radio.Group
              options={[
                { value: 'agency', label: texts.agency },
                { value: 'hospital', label: texts.hospital },
              ]}
            />
          </Form.Item>
        )}
        {belongs === 'agency' ? (
          <>
            <Form.Item name="roles" label={texts.roles} rules={given}>
              <Checkbox.Group options={staff.map((value) => ({ value, label: roles[value] }))} />
            </Form.Item>
            <Form.Item name="city" label={texts.city}>
              <Input autoComplete="off" />
            </Form.Item>
          </>
        ) : (
          <Form.Item name="institution" label={texts.institution} rules={given}>
            <InstitutionSelect />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
