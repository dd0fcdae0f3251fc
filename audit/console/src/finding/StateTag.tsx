import type { Finding } from '../api/findings';
import { useTexts } from '../text';

export function StateTag({ state }: { state: Finding['state'] }) {
  const { states } = useTexts();
  return <span className={`state ${state}`}>{states[state]}</span>;
}
