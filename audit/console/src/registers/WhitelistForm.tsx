import { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { countsQuery } from '../api/findings';
import { useNow } from '../api/reference';
import { count, day, money } from '../format';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { Refusal } from '../shell/Refusal';
import { RuleSelect } from '../shell/RuleSelect';
import { useAct } from '../shell/useAct';
import { load, written } from './read';
import { useRegisters } from './texts';
import { csvOf, type Row, type Table } from './values';

interface Fields {
  whitelist_id: string;
  rule: string;
  institution_id?: string;
  person_id?: string;
  diagnosis_prefix?: string;
  series_id?: string;
  reason: string;
  owner: string;
  expires_on: Dayjs;
}

interface Props {
  table: Table;
  row: Row | undefined; // undefined: a new one
  close: () => void;
}

// WhitelistForm adds a row or changes one: a term is always set, and what it would
// suppress is counted while it is written.
export function WhitelistForm({ table, row, close }: Props) {
  const { whitelist: texts, load: form } = useRegisters();
  const now = useNow();
  const [fields] = Form.useForm<Fields>();
  const rule = Form.useWatch('rule', fields);
  const institution = Form.useWatch('institution_id', fields);
  const person = Form.useWatch('person_id', fields)?.trim();
  const filters = { ...(rule ? { rule } : {}), ...(institution ? { institution_id: institution } : {}), ...(person ? { person_id: person } : {}) };
  const counts = useQuery({ ...countsQuery({ ...filters, state: 'open' }), enabled: Boolean(rule) }).data;
  const act = useAct({
    send: (csv: string, key) => load('whitelist', csv, 'text/csv', key),
    stale: [...written('whitelist'), ['findings'], ['counts']],
    done: close,
  });
  const given = [{ required: true, whitespace: true, message: texts.needed }];
  const send = ({ expires_on, ...texts }: Fields) => {
    const cells = Object.fromEntries(Object.entries(texts).filter(([, value]) => value?.trim()));
    void act.act(csvOf(table, { ...cells, expires_on: expires_on.format('YYYY-MM-DD') }));
  };
  return (
    <Modal
      open
      width={640}
      title={row ? texts.changeTitle(row.row['whitelist_id']!) : texts.add}
      okText={form.send}
      cancelText={form.cancel}
      okButtonProps={{ loading: act.busy }}
      onOk={() => fields.submit()}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Refusal problem={act.problem} />
      <Form<Fields>
        form={fields}
        layout="vertical"
        className="form-grid"
        requiredMark={false}
        initialValues={
          row
            ? { ...row.row, expires_on: dayjs(row.row['expires_on']) }
            : { whitelist_id: `W${dayjs(now).format('YYYYMMDDHHmm')}`, expires_on: dayjs(now ? day(now) : undefined).add(3, 'month') }
        }
        onFinish={send}
      >
        <Form.Item name="whitelist_id" label={texts.columns.id} rules={given}>
          <Input disabled={row !== undefined} autoComplete="off" />
        </Form.Item>
        <Form.Item name="rule" label={texts.columns.rule} rules={[{ required: true, message: texts.needed }]}>
          <RuleSelect />
        </Form.Item>
        <Form.Item name="institution_id" label={`${texts.columns.institution} (${texts.orAll})`}>
          <InstitutionSelect />
        </Form.Item>
        <Form.Item name="person_id" label={`${texts.columns.person} (${texts.orAll})`}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="diagnosis_prefix" label={texts.diagnosis}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="series_id" label={texts.series}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="owner" label={texts.columns.owner} rules={given}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="expires_on" label={texts.columns.until} rules={[{ required: true, message: texts.needed }]}>
          <DatePicker className="full" allowClear={false} />
        </Form.Item>
        <Form.Item name="reason" label={texts.columns.reason} rules={given} className="across">
          <Input.TextArea rows={3} maxLength={256} showCount />
        </Form.Item>
      </Form>
      <Alert
        type={rule && counts && counts.findings > 0 && !institution && !person ? 'warning' : 'info'}
        showIcon
        title={rule && counts ? texts.wouldTouch(count(counts.findings), money(counts.amount)) : texts.chooseRule}
        description={texts.follows}
      />
    </Modal>
  );
}
