import { Form, Input, Modal, Select } from 'antd';
import { answered, client } from '../api/client';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { Refusal } from '../shell/Refusal';
import { RuleSelect } from '../shell/RuleSelect';
import { useAct } from '../shell/useAct';
import { matcher } from './alerts';
import { useInbox } from './texts';

interface Fields {
  alertname?: string;
  institution_id?: string;
  rule?: string;
  more?: string;
  lasts: string;
  reason: string;
}

const lengths = ['2h', '8h', '24h', '72h', '168h', '720h'] as const;

const matchersOf = ({ alertname, institution_id, rule, more }: Partial<Fields>): string[] => [
  ...Object.entries({ alertname, institution_id, rule }).flatMap(([name, value]) => (value ? [matcher(name, value)] : [])),
  ...(more ?? '').split('\n').flatMap((line) => line.trim() || []),
];

// SilenceForm mutes alerts for a time; what is due goes on running.
export function SilenceForm({ close }: { close: () => void }) {
  const { alerts: texts, kinds, columns } = useInbox();
  const [form] = Form.useForm<Fields>();
  const said = matchersOf(Form.useWatch([], form) ?? {});
  const { act, busy, problem } = useAct({
    send: ({ lasts, reason, ...fields }: Fields, key) =>
      answered(client.POST('/v1/alerts/silences', { params: { header: { 'Idempotency-Key': key } }, body: { matchers: matchersOf(fields), for: lasts, reason: reason.trim() } })),
    stale: [['inbox']],
    done: close,
  });
  return (
    <Modal
      open
      title={texts.addSilence}
      okText={texts.addSilence}
      cancelText={texts.cancel}
      okButtonProps={{ loading: busy, disabled: said.length === 0 }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p className="near">{texts.silenceFollows}</p>
      <Refusal problem={problem} />
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ lasts: '8h' }} onFinish={(fields) => void act(fields)}>
        <Form.Item name="alertname" label={columns.kind}>
          <Select allowClear options={(['Finding', 'Deadline', 'Silence'] as const).map((value) => ({ value, label: kinds[value] }))} />
        </Form.Item>
        <Form.Item name="institution_id" label={columns.institution}>
          <InstitutionSelect />
        </Form.Item>
        <Form.Item name="rule" label={texts.rule}>
          <RuleSelect />
        </Form.Item>
        <Form.Item name="more" label={texts.more}>
          <Input.TextArea className="code" rows={2} placeholder={texts.moreExample} />
        </Form.Item>
        <Form.Item name="lasts" label={texts.lasts}>
          <Select options={lengths.map((value) => ({ value, label: texts.lengths[value] }))} />
        </Form.Item>
        <Form.Item name="reason" label={texts.columns.reason} rules={[{ required: true, whitespace: true, message: '' }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
