import type { Finding } from '../api/findings';
import type { Action } from './outbox';

// A draft is what somebody has typed about a finding and not sent: it survives a look at
// another finding, a refusal and the end of a session.
export interface Draft {
  action: Action;
  reason: string;
  to: string;
  dueOn: string | undefined;
  amounts: ReadonlyMap<string, string> | undefined; // by line; undefined: the whole finding
  about: Finding; // as it was seen
}

const drafts = new Map<string, Draft>();

export const draftOf = (id: string): Draft | undefined => drafts.get(id);

export const keepDraft = (draft: Draft): void => void drafts.set(draft.about.finding_id, draft);

export const dropDraft = (id: string): void => void drafts.delete(id);
