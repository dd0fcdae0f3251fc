import { Modal } from 'antd';
import { Facts } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { wordOf } from '../text';
import { load, written } from './read';
import { useRegisters, useTables } from './texts';
import { cellOf, csvOf, type Row, type Table } from './values';

// WithdrawForm takes a row out of a table; its versions stay, and whom it concerns is
// evaluated again.
export function WithdrawForm({ table, row, close }: { table: Table; row: Row; close: () => void }) {
  const { tables: texts, load: form } = useRegisters();
  const { names, columns, words } = useTables();
  const act = useAct({
    send: (csv: string, key) => load(table.table, csv, 'text/csv', key),
    stale: written(table.table),
    done: close,
  });
  return (
    <Modal
      open
      title={texts.withdrawTitle(wordOf(names, table.table))}
      okText={texts.withdraw}
      cancelText={form.cancel}
      okButtonProps={{ danger: true, loading: act.busy }}
      onOk={() => void act.act(csvOf(table, row.row, true))}
      onCancel={close}
    >
      <p>{texts.withdrawText}</p>
      <Refusal problem={act.problem} />
      <Facts facts={table.columns.filter((c) => row.row[c.name]).map((c) => [wordOf(columns, c.name), cellOf(c, row.row[c.name], words)])} />
    </Modal>
  );
}
