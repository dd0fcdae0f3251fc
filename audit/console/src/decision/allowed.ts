import type { Schemas } from '../api/client';
import type { Action } from './outbox';

type Finding = Schemas['FindingView'];

// What people may do in a state, as the procedure has it; the server has the last word.
const byState: Record<Finding['state'], Action[]> = {
  open: ['notify', 'release', 'refer', 'assign'],
  notified: ['release', 'extend', 'notify', 'refer', 'assign'],
  explained: ['reject', 'release', 'extend', 'notify', 'refer', 'assign'],
  lapsed: ['reject', 'release', 'notify', 'refer', 'assign'],
  rejected: ['reopen'],
  released: ['reopen'],
  appealed: ['uphold', 'overturn', 'refer', 'assign'],
  upheld: ['reopen'],
  overturned: [],
  retracted: [],
};

const facing: Action[] = ['notify', 'reject', 'confirm', 'reopen'];

// allowedOn gives the actions in the order in which they are offered.
export function allowedOn(finding: Pick<Finding, 'state' | 'proposed' | 'suppressed_by'>): Action[] {
  const actions = finding.proposed ? (['confirm', 'decline', ...byState[finding.state]] as Action[]) : byState[finding.state];
  // While a row of the whitelist applies nobody is told and nothing is rejected.
  return finding.suppressed_by ? actions.filter((a) => !facing.includes(a)) : actions;
}

// allowedIn gives what the states of some findings allow, before they are looked at one by one.
export const allowedIn = (states: readonly Finding['state'][]): Action[] => states.flatMap((state) => byState[state]);

const reasoned: Action[] = ['reject', 'release', 'decline', 'reopen', 'uphold', 'overturn'];

export const needsReason = (action: Action): boolean => reasoned.includes(action);

export const needsWhom = (action: Action): boolean => action === 'refer' || action === 'assign';
