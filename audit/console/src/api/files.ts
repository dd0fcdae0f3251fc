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
