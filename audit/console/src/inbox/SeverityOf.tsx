import type { Finding } from '../api/findings';
import { SeverityTag } from '../finding/SeverityTag';

// SeverityOf is the severity of an alert, where it has one.
export function SeverityOf({ severity }: { severity: string | undefined }) {
  return severity && <SeverityTag severity={severity as Finding['severity']} />;
}
