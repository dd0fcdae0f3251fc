import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Filters, Sort } from '../queue/filters';
import { answered, client, type Schemas } from './client';

// What is read of findings, cases and stays, and under which keys it is kept.

export type Finding = Schemas['FindingView'];
export type FindingDetail = Schemas['FindingDetail'];
export type Case = Schemas['CaseView'];
export type Stay = Schemas['StayView'];
export type StayRecord = Schemas['RecordView'];

// What is on the screen comes at once, and what is scrolled to in few questions: the server
// puts the whole queue in order for each of them.
const pageSize = (cursor: string) => (cursor ? '1000' : '100');

export const findingsQuery = (filters: Filters, sort: Sort) =>
  infiniteQueryOptions({
    queryKey: ['findings', filters, sort] as const,
    queryFn: ({ pageParam, signal }) =>
      answered(client.GET('/v1/findings', { params: { query: { ...filters, sort, limit: pageSize(pageParam), cursor: pageParam } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    staleTime: Infinity, // the stream renews the rows, and whoever reads decides when new ones come in
    structuralSharing: false, // comparing every row that is loaded with itself takes longer than drawing a page
  });

export const casesQuery = (filters: Filters, sort: Sort) =>
  infiniteQueryOptions({
    queryKey: ['cases', filters, sort] as const,
    queryFn: ({ pageParam, signal }) =>
      answered(client.GET('/v1/cases', { params: { query: { ...filters, sort, limit: pageSize(pageParam), cursor: pageParam } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });

export const countsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['counts', filters] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/findings/counts', { params: { query: filters }, signal })),
  });

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: ['finding', id] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/findings/{id}', { params: { path: { id } }, signal })),
  });

export const stayQuery = (institution: string, stay: string) =>
  queryOptions({
    queryKey: ['stay', institution, stay] as const,
    queryFn: ({ signal }) =>
      answered(
        client.GET('/v1/stays/{institution_id}/{stay_id}', { params: { path: { institution_id: institution, stay_id: stay } }, signal }),
      ),
  });
