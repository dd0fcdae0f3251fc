import { usePreferences } from '../preferences';
import { useMeasures, useWords } from '../measures/texts';
import { kindOf } from '../measures/words';
import { wordOf } from '../text';
import type { Alert } from './alerts';
import { useInbox } from './texts';

// useTitle says in a line what an alert is about. Deadlines are named as on their page.
export function useTitle(): (alert: Alert) => string {
  const { titles } = useInbox();
  const { deadlines } = useMeasures();
  const words = useWords();
  const { language } = usePreferences();
  return ({ labels, annotations }) => {
    if (labels['alertname'] !== 'Deadline') return annotations[`title_${language}`] ?? labels['alertname'] ?? '';
    const kind = wordOf(deadlines.kinds, kindOf(words, labels['kind'] ?? ''));
    return labels['lapsed'] === 'true' ? titles.lapsed(kind) : titles.due(kind);
  };
}
