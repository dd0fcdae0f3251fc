import { answered, client } from './client';

// Files beside a statement or a step. The server looks at the bytes; the name stays here.

export interface Attachment {
  sha256: string;
  name: string;
}

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

// attach keeps a file at the server, which names it by its hash.
export async function attach(file: File): Promise<Attachment> {
  const { sha256 } = await answered(
    client.PUT('/v1/attachments', { body: file as never, bodySerializer: (bytes) => bytes, headers: { 'Content-Type': mediaTypeOf(file) ?? '' } }),
  );
  return { sha256, name: file.name };
}
