import { Tag } from 'antd';
import { wordOf } from '../text';
import { useMeasures, useWords } from './texts';

const good = new Set(['passed', 'in_force', 'agreed', 'approved', 'accepted', 'verified', 'lifted', 'active', 'recorded', 'issued', 'published']);
const over = new Set(['closed', 'done', 'dropped', 'cancelled', 'retracted', 'ended', 'returned', 'removed', 'retired', 'withdrawn', 'unfounded', 'revoked']);
const bad = new Set(['refused', 'failed', 'insufficient', 'suspended', 'listed', 'terminated']);

// MatterState is the state of an entry. A measure in force is nothing good for anybody.
export function MatterState({ state, kind }: { state: string; kind?: string }) {
  const words = useWords();
  const color = kind === 'sanction' && state === 'in_force' ? 'red' : good.has(state) ? 'green' : bad.has(state) ? 'red' : over.has(state) ? 'default' : 'blue';
  return (
    <Tag color={color} className="tag">
      {wordOf(words.states, state)}
    </Tag>
  );
}

// Waits marks an entry with a step that waits for a second person.
export function Waits() {
  const { matter } = useMeasures();
  return (
    <Tag color="orange" className="tag">
      {matter.waits}
    </Tag>
  );
}
