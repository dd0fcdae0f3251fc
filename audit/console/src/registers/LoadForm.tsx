import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Modal, Table, Upload } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Problem } from '../api/problem';
import { save } from './download';
import { count } from '../format';
import { column, number } from '../shell/Listing';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { wordOf } from '../text';
import { load, written } from './read';
import { useRegisters, useTables } from './texts';
import { header, type Table as Reference } from './values';

type Fault = Problem['faults'][number];

const typeOf = (name: string, text: string) => (/\.(ndjson|jsonl?)$/i.test(name) || text.trimStart().startsWith('{') ? ('application/x-ndjson' as const) : ('text/csv' as const));

// LoadForm loads a file, or rows that are typed, into a table. A faulty file changes
// nothing, and every fault is shown with its line.
export function LoadForm({ table, close }: { table: Reference; close: () => void }) {
  const { load: texts } = useRegisters();
  const { names } = useTables();
  const [, setAddress] = useSearchParams();
  const [file, setFile] = useState({ name: '', text: '' });
  const act = useAct({
    send: ({ name, text }: typeof file, key) => load(table.table, text, typeOf(name, text), key),
    stale: written(table.table),
  });
  const [said, setSaid] = useState<string>();
  const send = async () => {
    setSaid(undefined);
    if (await act.act(file)) setSaid(texts.done);
  };
  return (
    <Modal
      open
      width={760}
      title={texts.title(wordOf(names, table.table))}
      okText={said ? texts.close : texts.send}
      cancelText={texts.cancel}
      okButtonProps={{ loading: act.busy, disabled: !file.text.trim() }}
      onOk={() => (said ? close() : void send())}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p className="weak">{texts.lead}</p>
      <Upload.Dragger
        accept=".csv,.ndjson,.jsonl,.txt"
        showUploadList={false}
        beforeUpload={async (chosen) => {
          setSaid(undefined);
          act.forget();
          setFile({ name: chosen.name, text: await chosen.text() });
          return false;
        }}
      >
        <p>
          <InboxOutlined /> {file.name || texts.drop}
        </p>
      </Upload.Dragger>
      <Input.TextArea
        className="code typed"
        aria-label={texts.text}
        placeholder={header(table)}
        rows={7}
        value={file.text.length > 200_000 ? file.text.slice(0, 200_000) : file.text}
        readOnly={file.text.length > 200_000}
        onChange={(event) => {
          setSaid(undefined);
          setFile({ ...file, text: event.target.value });
        }}
      />
      <Button type="link" size="small" onClick={() => save(`${table.table}.csv`, header(table) + '\n')}>
        {texts.form}
      </Button>
      <Refusal problem={act.problem} />
      {act.problem && act.problem.faults.length > 0 && <Faults faults={act.problem.faults} label={texts.faults} />}
      {said && <Alert type="success" showIcon title={said} action={<Button size="small" onClick={() => setAddress({})}>{texts.look}</Button>} />}
    </Modal>
  );
}

function Faults({ faults, label }: { faults: Fault[]; label: string }) {
  const { load: texts } = useRegisters();
  const { columns } = useTables();
  return (
    <Table<Fault>
      aria-label={label}
      size="small"
      pagination={faults.length > 8 ? { pageSize: 8, size: 'small', showTotal: (n) => texts.faultCount(count(n)) } : false}
      dataSource={faults}
      rowKey={(fault) => `${fault.line}|${fault.column}|${fault.message}`}
      columns={[
        column(texts.line, (fault) => fault.line ?? '', number),
        column(texts.column, (fault) => (fault.column ? wordOf(columns, fault.column) : '')),
        column(texts.what, (fault) => fault.message),
      ]}
    />
  );
}
