import { Problem } from '../api/problem';
import { authorization, expire } from '../api/session';

// Files beside a statement. The server looks at the bytes; the name stays here.

const types: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  txt: 'text/plain',
};

export const accepted = Object.keys(types).map((ending) => `.${ending}`).join(',');

const most = 20 * 1024 * 1024;

export const tooLarge = (file: { size: number }): boolean => file.size > most;

// mediaTypeOf goes by how a name ends: browsers give tables and texts the types that the
// machine's programs have registered.
export const mediaTypeOf = ({ name }: { name: string }): string | undefined => types[name.split('.').at(-1)?.toLowerCase() ?? ''];

// send keeps a file at the server and gives the hash by which a statement names it.
export async function send(file: File): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch('/v1/attachments', { method: 'PUT', headers: { ...authorization(), 'Content-Type': mediaTypeOf(file) ?? '' }, body: file });
  } catch {
    throw Problem.unreachable();
  }
  if (answer.status === 401) expire();
  if (!answer.ok) throw await Problem.of(answer);
  return ((await answer.json()) as { sha256: string }).sha256;
}
