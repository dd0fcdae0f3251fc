import { Tag } from 'antd';
import { wordOf } from '../text';
import { useMoney } from './texts';

const colors: Record<string, string> = { open: 'blue', proposed: 'orange', closed: 'green', confirmed: 'green', withdrawn: 'default' };

// State is how far a settlement, year or payment is.
export function State({ state }: { state: string }) {
  const { states } = useMoney();
  return (
    <Tag className="tag" color={colors[state] ?? 'default'}>
      {wordOf(states, state)}
    </Tag>
  );
}
