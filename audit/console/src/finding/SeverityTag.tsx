import type { Finding } from '../api/findings';
import { useTexts } from '../text';

export function SeverityTag({ severity }: { severity: Finding['severity'] }) {
  const { severities } = useTexts();
  return <span className={`severity ${severity}`}>{severities[severity]}</span>;
}
