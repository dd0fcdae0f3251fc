import { Problem } from '../api/problem';

// inFours writes a secret as people type it.
export const inFours = (secret: string): string => secret.replace(/=+$/, '').replace(/(.{4})(?=.)/g, '$1 ');

// saidOf puts words of ours for a password or code that was wrong: the API does not say which.
export const saidOf = (problem: Problem | undefined, wrong: string): Problem | undefined => (problem?.code === 'wrong' ? new Problem({ code: 'wrong', detail: wrong }) : problem);
