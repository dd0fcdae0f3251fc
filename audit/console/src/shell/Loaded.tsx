import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './Failure';
import { Waiting } from './Waiting';

interface Props<T> {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}

// Loaded shows what was read, or that it is being read, or why it could not be.
export function Loaded<T>({ query, rows = 10, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Waiting rows={rows} />;
}
