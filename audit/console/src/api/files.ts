import { answered, client } from './client';
import { day } from '../format';
import { Problem } from './problem';
import { authorization } from './session';

// save hands a file of the API to the browser, which only ever saves it.
export async function save(path: string, name: string): Promise<void> {
  const answer = await fetch(path, { headers: authorization() });
  if (!answer.ok) throw await Problem.of(answer);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const saveFile = (sha256: string): Promise<void> => save(`/v1/attachments/${sha256}`, sha256.slice(0, 16));

export const saveEvidence = (finding: string): Promise<void> => save(`/v1/findings/${finding}/evidence`, `${finding}.zip`);

const oneDay = 86_400_000;

// saveNotice saves the letter by which an institution was told on a day: one for all of it.
export async function saveNotice(institution: string, at: string): Promise<void> {
  const query = { institution_id: institution, from: day(at), until: day(Date.parse(at) + oneDay) };
  const { items } = await answered(client.GET('/v1/notices', { params: { query } }));
  const notice = items[0];
  if (!notice) throw new Problem({ code: 'not_found', status: 404 });
  await save(`/v1/notices/${encodeURIComponent(notice.notice_id)}?format=pdf`, `${notice.number}.pdf`);
}
