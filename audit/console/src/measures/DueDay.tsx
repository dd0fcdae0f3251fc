import { useNow } from '../api/reference';
import { daysBetween } from '../format';
import { useTexts } from '../text';

interface Props {
  day: string;
  overdue: boolean;
  provisional?: boolean;
}

// DueDay is a day by which something is due, and how far off it is.
export function DueDay({ day, overdue, provisional = false }: Props) {
  const { queue } = useTexts();
  const now = useNow();
  const left = now ? daysBetween(now, day) : undefined;
  const tone = overdue ? 'past' : left !== undefined && left <= 3 ? 'near' : 'weak';
  return (
    <span className="figures" title={provisional ? queue.provisional : undefined}>
      {day} {left !== undefined && <span className={tone}>{left < 0 ? queue.dueAgo(-left) : queue.dueIn(left)}</span>}
      {provisional && ' *'}
    </span>
  );
}
