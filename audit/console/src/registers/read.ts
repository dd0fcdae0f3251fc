import { queryOptions } from '@tanstack/react-query';
import { answered, client } from '../api/client';

// What the pages of registers read, and how a table is written.

export const tablesQuery = queryOptions({
  queryKey: ['tables'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/reference', { params: { query: { limit: '1000' } }, signal })),
  select: ({ items }) => items,
});

export const historyQuery = (table: string, key: string) =>
  queryOptions({
    queryKey: ['history', table, key] as const,
    queryFn: ({ signal }) =>
      answered(client.GET('/v1/reference/{table}/history', { params: { path: { table }, query: { ...(key ? { key } : {}), limit: '1000' } }, signal })),
  });

// load gives a file to a table; the body goes as it is.
export const load = (table: string, text: string, type: 'text/csv' | 'application/x-ndjson', key: string) =>
  answered(
    client.PUT('/v1/reference/{table}', {
      params: { path: { table }, header: { 'Idempotency-Key': key } },
      body: text as never, // the document says string for either type, the client wants one of them
      bodySerializer: (body: unknown) => body as string,
      headers: { 'Content-Type': type },
    }),
  );

// written is what is read anew after rows of a table have changed.
export const written = (table: string) => [['tables'], ['rows', table], ['history', table], ['institutions']];
