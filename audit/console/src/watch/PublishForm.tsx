import { Alert, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { useNow, type RuleDetail } from '../api/reference';
import { day } from '../format';
import { usePreferences } from '../preferences';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { wordOf } from '../text';
import { useWatch } from './texts';

interface Fields {
  set: Record<string, string | undefined>;
  city?: string;
  from: Dayjs;
  until?: Dayjs | null;
  reason: string;
}

// given are the values that somebody typed, by parameter.
export const given = (set: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(set).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));

// PublishForm sets parameters of a rule for days and places, with what will follow.
export function PublishForm({ rule, close }: { rule: RuleDetail; close: () => void }) {
  const { parameters: texts } = useWatch();
  const { language } = usePreferences();
  const now = useNow();
  const [form] = Form.useForm<Fields>();
  const act = useAct({
    send: (body: Schemas['PublishBody'], key) =>
      answered(client.POST('/v1/rules/{code}/parameters', { params: { path: { code: rule.code }, header: { 'Idempotency-Key': key } }, body })),
    stale: [['rule', rule.code], ['tables']],
    done: close,
  });
  const send = ({ set, city, from, until, reason }: Fields) =>
    void act.act({
      set: given(set),
      ...(city?.trim() ? { city: city.trim() } : {}),
      from: from.format('YYYY-MM-DD'),
      ...(until ? { until: until.add(1, 'day').format('YYYY-MM-DD') } : {}), // until is the first day that is not covered
      reason: reason.trim(),
    });
  return (
    <Modal
      open
      width={600}
      title={texts.publishTitle(rule.code)}
      okText={texts.publish}
      cancelText={texts.cancel}
      okButtonProps={{ loading: act.busy }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Refusal problem={act.problem} />
      {act.problem?.faults.map((fault) => (
        <p key={`${fault.column}|${fault.message}`} className="past">
          {fault.message}
        </p>
      ))}
      <Form<Fields> form={form} layout="vertical" className="form-grid" requiredMark={false} initialValues={{ from: dayjs(now ? day(now) : undefined) }} onFinish={send}>
        {rule.parameters
          .filter((p) => !p.of)
          .map((p) => (
            <Form.Item
              key={p.name}
              name={['set', p.name]}
              className="across"
              label={`${p.about[language]} (${wordOf(texts.unitsOf, p.unit ?? '')})`}
              extra={texts.bounds(p.default ?? '', p.min ?? '', p.max ?? '')}
            >
              <Input autoComplete="off" inputMode="decimal" placeholder={p.default ?? ''} />
            </Form.Item>
          ))}
        <Form.Item name="from" label={texts.from} rules={[{ required: true, message: texts.needed }]}>
          <DatePicker className="full" allowClear={false} />
        </Form.Item>
        <Form.Item name="until" label={texts.lastDay}>
          <DatePicker className="full" />
        </Form.Item>
        <Form.Item name="city" label={texts.cityOrAll} className="across">
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="reason" label={texts.columns.reason} rules={[{ required: true, whitespace: true, message: texts.needed }]} className="across">
          <Input.TextArea rows={2} maxLength={256} showCount />
        </Form.Item>
      </Form>
      <Alert type="warning" showIcon title={texts.consequence} action={<Link to={`/backtests?rule=${rule.code}`}>{texts.tryFirst}</Link>} />
    </Modal>
  );
}
