import { Button, Space } from 'antd';
import type { Action } from '../decision/outbox';
import { money } from '../format';
import { Key } from '../shell/Key';
import { useTexts } from '../text';

interface Props {
  size: number;
  amount: string;
  possible: readonly Action[];
  decide: (action: Action) => void;
  clear: () => void;
}

const offered: Action[] = ['notify', 'reject', 'release', 'extend', 'refer', 'assign', 'confirm', 'decline'];
const keyOf: Partial<Record<Action, string>> = { notify: 'n', reject: 'r', release: 'a' };

// SelectionBar decides about all that is selected, for one reason.
export function SelectionBar({ size, amount, possible, decide, clear }: Props) {
  const texts = useTexts();
  if (size === 0) return null;
  return (
    <div className="selection" role="toolbar" aria-label={texts.decide.title}>
      <span>{texts.queue.selected(size, money(amount))}</span>
      <Space size={6}>
        {offered
          .filter((action) => possible.includes(action))
          .map((action) => (
            <Button key={action} type={action === 'notify' ? 'primary' : 'default'} danger={action === 'reject'} onClick={() => decide(action)}>
              {texts.actions[action]}
              <Key name={keyOf[action]} />
            </Button>
          ))}
      </Space>
      <span className="grow" />
      <Button type="text" onClick={clear}>
        {texts.queue.unselect}
        <Key name="Esc" />
      </Button>
    </div>
  );
}
