import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useNavigate } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { rulesQuery } from '../api/reference';
import { usePreferences } from '../preferences';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { wordOf } from '../text';
import { given } from './PublishForm';
import { useWatch } from './texts';

interface Fields {
  rule: string;
  set?: Record<string, string | undefined>;
  period?: [Dayjs | null, Dayjs | null] | null;
  known?: Dayjs | null;
}

// BacktestForm asks what a rule would have found with other parameters. Nothing that
// stands changes.
export function BacktestForm({ rule, close }: { rule: string | undefined; close: () => void }) {
  const { backtests: texts, parameters } = useWatch();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const library = useQuery(rulesQuery).data;
  const [form] = Form.useForm<Fields>();
  const code = Form.useWatch('rule', form) ?? rule ?? '';
  const chosen = library?.get(code);
  const act = useAct({
    send: (body: Schemas['Request'], key) => answered(client.POST('/v1/backtests', { params: { header: { 'Idempotency-Key': key } }, body }) as Promise<{ data?: Schemas['Backtest'] }>),
    stale: [['backtests']],
    done: (started) => void navigate(`/backtests/${started.backtest_id}`),
  });
  const send = ({ set, period, known }: Fields) => {
    const [from, last] = period ?? [];
    // A rule of its own parameters: those of another rule stay in the form unseen.
    const names = new Set(chosen?.parameters.map((p) => p.name));
    const values = Object.fromEntries(Object.entries(given(set ?? {})).filter(([name]) => names.has(name)));
    void act.act({
      rule: code,
      ...(Object.keys(values).length > 0 ? { set: values } : {}),
      ...(from ? { from: from.format('YYYY-MM-DD') } : {}),
      ...(last ? { until: last.add(1, 'day').format('YYYY-MM-DD') } : {}),
      ...(known ? { known_at: known.format('YYYY-MM-DD') } : {}),
    });
  };
  return (
    <Modal
      open
      width={600}
      title={texts.add}
      okText={texts.run}
      cancelText={parameters.cancel}
      okButtonProps={{ loading: act.busy }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p className="weak">{texts.formLead}</p>
      <Refusal problem={act.problem} />
      <Form<Fields> form={form} layout="vertical" className="form-grid" requiredMark={false} initialValues={{ rule }} onFinish={send}>
        <Form.Item name="rule" label={texts.columns.rule} rules={[{ required: true, message: parameters.needed }]} className="across">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={[{ value: '*', label: texts.allRules }, ...[...(library?.values() ?? [])].map((r) => ({ value: r.code, label: `${r.code} ${r.name[language]}` }))]}
          />
        </Form.Item>
        {chosen?.parameters
          .filter((p) => !p.of)
          .map((p) => (
            <Form.Item
              key={`${chosen.code}.${p.name}`}
              name={['set', p.name]}
              className="across"
              label={`${p.about[language]} (${wordOf(parameters.unitsOf, p.unit ?? '')})`}
              extra={parameters.bounds(p.default ?? '', p.min ?? '', p.max ?? '')}
            >
              <Input autoComplete="off" inputMode="decimal" placeholder={p.default ?? ''} />
            </Form.Item>
          ))}
        {chosen && chosen.parameters.length === 0 && <p className="weak across">{parameters.none}</p>}
        <Form.Item name="period" label={texts.periodLabel}>
          <DatePicker.RangePicker className="full" allowEmpty />
        </Form.Item>
        <Form.Item name="known" label={texts.knownLabel}>
          <DatePicker className="full" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
