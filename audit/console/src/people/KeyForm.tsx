import { Checkbox, Form, Input, Modal, Radio } from 'antd';
import { answered, client } from '../api/client';
import type { Role } from '../api/session';
import { staff } from '../roles';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import type { NewKey } from './keys';
import { usePeople } from './texts';

interface Fields {
  belongs: 'hospital' | 'agency';
  institution?: string;
  roles?: Role[];
  city?: string;
  label?: string;
}

// KeyForm makes a key of an institution's system, or one with roles.
export function KeyForm({ close, made }: { close: () => void; made: (key: NewKey) => void }) {
  const { keys: texts, form: words } = usePeople();
  const { roles: names } = useTexts();
  const [form] = Form.useForm<Fields>();
  const belongs = Form.useWatch('belongs', form) ?? 'hospital';
  const { act, busy, problem } = useAct({
    send: ({ belongs: to, institution, roles, city, label }: Fields) => {
      const rights = to === 'hospital' ? { institution_id: institution ?? '' } : { roles: roles ?? [], ...(city ? { city } : {}) };
      return answered(client.POST('/v1/keys', { body: { ...rights, ...(label ? { label } : {}) } }));
    },
    stale: [['keys']],
    done: made,
  });
  const given = [{ required: true, message: '' }];
  return (
    <Modal
      open
      title={texts.add}
      okText={texts.make}
      cancelText={words.cancel}
      okButtonProps={{ loading: busy }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Refusal problem={problem} />
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ belongs: 'hospital' }} onFinish={(fields) => void act(fields)}>
        <Form.Item name="belongs" label={words.belongs}>
          <Radio.Group
            options={[
              { value: 'hospital', label: words.hospital },
              { value: 'agency', label: words.agency },
            ]}
          />
        </Form.Item>
        {belongs === 'hospital' ? (
          <Form.Item name="institution" label={words.institution} rules={given}>
            <InstitutionSelect />
          </Form.Item>
        ) : (
          <>
            <p className="near">{texts.rolesCaution}</p>
            <Form.Item name="roles" label={words.roles} rules={given}>
              <Checkbox.Group options={staff.map((value) => ({ value, label: names[value] }))} />
            </Form.Item>
            <Form.Item name="city" label={words.city}>
              <Input autoComplete="off" maxLength={64} />
            </Form.Item>
          </>
        )}
        <Form.Item name="label" label={texts.label}>
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
