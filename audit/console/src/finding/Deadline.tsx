import { Tooltip } from 'antd';
import { useNow } from '../api/reference';
import { daysBetween } from '../format';
import { useTexts } from '../text';

interface Props {
  due: string | null;
  state?: string;
  provisional?: boolean;
}

const running = ['notified', 'explained'];

// Deadline is the last day on which a statement is in time, and how far off it is
// while the term runs.
export function Deadline({ due, state, provisional = false }: Props) {
  const { queue, units } = useTexts();
  const now = useNow();
  if (!due) return <span className="weak">{units.none}</span>;
  if (!now || (state && !running.includes(state) && state !== 'lapsed')) return <span className="figures">{due}</span>;
  const left = daysBetween(now, due);
  const tone = left < 0 ? 'past' : left <= 1 ? 'near' : undefined;
  return (
    <Tooltip title={provisional ? queue.provisional : undefined}>
      <span className="figures">
        {due.slice(5)} <span className={tone ?? 'weak'}>{left < 0 ? queue.dueAgo(-left) : queue.dueIn(left)}</span>
        {provisional && ' *'}
      </span>
    </Tooltip>
  );
}
