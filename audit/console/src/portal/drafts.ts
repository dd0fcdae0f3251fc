import type { Attachment } from '../api/attachments';

// A draft of a statement is kept in this tab, by who writes it and about what: a page that
// is loaded anew has it again, and the next person at the browser does not read it.

export interface Draft {
  text: string;
  files: Attachment[];
}

const prefix = 'claimwatch.draft.';

export function draftOf(place: string): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(prefix + place) ?? 'null') as Partial<Draft> | null;
    return { text: kept?.text ?? '', files: kept?.files ?? [] };
  } catch {
    return { text: '', files: [] };
  }
}

export function keepDraft(place: string, draft: Draft): void {
  try {
    if (draft.text === '' && draft.files.length === 0) sessionStorage.removeItem(prefix + place);
    else sessionStorage.setItem(prefix + place, JSON.stringify(draft));
  } catch {
    // no room: it holds for this page only
  }
}

export const dropDraft = (place: string): void => sessionStorage.removeItem(prefix + place);
