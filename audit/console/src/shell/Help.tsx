import { Modal } from 'antd';
import { useTexts } from '../text';

// Help shows what the keys mean.
export function Help({ open, close }: { open: boolean; close: () => void }) {
  const { keys } = useTexts();
  const rows: [string[], string][] = [
    [['j', 'k'], keys.move],
    [['x'], keys.select],
    [['Enter'], keys.open],
    [['n'], keys.notify],
    [['r'], keys.reject],
    [['a'], keys.release],
    [['c'], keys.claim],
    [['u'], keys.undo],
    [['/'], keys.search],
    [['l'], keys.next],
    [['Ctrl', 'Enter'], keys.confirm],
    [['Esc'], keys.back],
    [['?'], keys.help],
  ];
  return (
    <Modal open={open} onCancel={close} footer={null} title={keys.title} width={420}>
      <dl className="keys">
        {rows.map(([names, what]) => (
          <div key={what}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
