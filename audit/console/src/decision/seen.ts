import type { Finding } from '../api/findings';
import type { Seen } from './outbox';

// seen is what a decision expects a finding to be: as it is on the screen.
export const seen = (f: Finding): Seen => ({
  finding_id: f.finding_id,
  expected_revision: f.revision,
  facts_sha256: f.facts_sha256,
});
