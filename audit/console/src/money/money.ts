import { queryOptions } from '@tanstack/react-query';
import { answered, client, type Schemas } from '../api/client';

// What is settled and paid. Everything about a month is kept under ['month', …], so that a
// step of one person renews what all pages show of it.

export type Settlement = Schemas['Settlement'];
export type RejectedList = Schemas['RejectedList'];
export type RejectedItem = Schemas['RejectedItem'];
export type YearEnd = Schemas['YearEnd'];
export type Payments = Schemas['PaymentsView'];
export type Signature = Schemas['Signature'];

const seldom = 30_000;

// These answer as papers too; the types say all at once.
const json = 'json' as const;

export const settlementQuery = (institution_id: string, month: string) =>
  queryOptions({
    queryKey: ['month', 'settlement', institution_id, month] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/settlements', { params: { query: { institution_id, month, format: json } }, signal })) as Promise<Settlement>,
    staleTime: seldom,
  });

export const rejectedQuery = (institution_id: string, month: string) =>
  queryOptions({
    queryKey: ['month', 'rejected', institution_id, month] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/rejections', { params: { query: { institution_id, month, format: json } }, signal })) as Promise<RejectedList>,
    staleTime: seldom,
  });

export const yearQuery = (institution_id: string, year: string) =>
  queryOptions({
    queryKey: ['month', 'year', institution_id, year] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/year-ends', { params: { query: { institution_id, year: Number(year), format: json } }, signal })) as Promise<YearEnd>,
    staleTime: seldom,
    retry: false,
  });

const yearly = (of: string): boolean => of.length === 4;

export const paymentsQuery = (institution_id: string, of: string) =>
  queryOptions({
    queryKey: ['month', 'payments', institution_id, of] as const,
    queryFn: ({ signal }) =>
      yearly(of)
        ? answered(client.GET('/v1/year-ends/{institution_id}/{year}/payments', { params: { path: { institution_id, year: Number(of) } }, signal }))
        : answered(client.GET('/v1/settlements/{institution_id}/{month}/payments', { params: { path: { institution_id, month: of } }, signal })),
  });

export const noticeQuery = (id: string) =>
  queryOptions({
    queryKey: ['notice', id] as const,
    queryFn: ({ signal }) => answered(client.GET('/v1/notices/{id}', { params: { path: { id }, query: { format: json } }, signal })) as Promise<Schemas['NoticeView']>,
  });

// What a step about money makes old.
export const touched = [['month'], ['deadlines']];

export interface TwoStep {
  action: 'propose' | 'confirm' | 'withdraw';
  proposal?: number;
  reason?: string;
  amount?: string;
  reference?: string;
}

// close takes a step towards closing a month or a year.
export const close = (institution_id: string, of: string, body: TwoStep, key: string): Promise<unknown> => {
  const header = { 'Idempotency-Key': key };
  return yearly(of)
    ? answered(client.POST('/v1/year-ends/{institution_id}/{year}/close', { params: { path: { institution_id, year: Number(of) }, header }, body }))
    : answered(client.POST('/v1/settlements/{institution_id}/{month}/close', { params: { path: { institution_id, month: of }, header }, body }));
};

// pay takes a step towards paying what was settled.
export const pay = (institution_id: string, of: string, body: TwoStep, key: string): Promise<unknown> => {
  const header = { 'Idempotency-Key': key };
  return yearly(of)
    ? answered(client.POST('/v1/year-ends/{institution_id}/{year}/payments', { params: { path: { institution_id, year: Number(of) }, header }, body }))
    : answered(client.POST('/v1/settlements/{institution_id}/{month}/payments', { params: { path: { institution_id, month: of }, header }, body }));
};
