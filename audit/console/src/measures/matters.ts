import { queryOptions, useQuery } from '@tanstack/react-query';
import { answered, client, type Schemas } from '../api/client';

// Matters are what people keep in registers. Every register has the same shape and says
// itself which fields it has and who may take which step, so one set of pages serves all.

export type Matter = Schemas['MatterView'];
export type Taken = Schemas['TakenStep'];
export type Register = Schemas['RegisterView'];
export type RegisterStep = Schemas['RegisterStep'];
export type RegisterField = Schemas['RegisterField'];
export type StepBody = Schemas['StepBody'] & { hold_notice?: boolean };

// One path stands for all in the types.
const list = (plural: string) => `/v1/${plural}` as '/v1/clues';
const one = (plural: string) => `/v1/${plural}/{id}` as '/v1/clues/{id}';

export const pluralOf = (register: Register): string => register.path.replace('/v1/', '');

export const matterPath = (plural: string, id: string): string => (plural === 'sanctions' ? `/sanctions/${id}` : `/registers/${plural}/${id}`);

export const registersQuery = queryOptions({
  queryKey: ['registers'] as const,
  queryFn: ({ signal }) => answered(client.GET('/v1/registers', { params: { query: { limit: '100' } }, signal })),
  select: ({ items }) => items,
  staleTime: 10 * 60_000,
});

// useRegister finds a register by the name that it has in addresses.
export function useRegister(plural: string): Register | undefined {
  return useQuery(registersQuery).data?.find((register) => pluralOf(register) === plural);
}

export interface MatterFilters {
  institution_id?: string;
  state?: string;
  overdue?: boolean;
  waiting?: boolean;
}

export const readMatters = (plural: string, filters: MatterFilters, cursor: string, signal: AbortSignal) =>
  answered(client.GET(list(plural), { params: { query: { ...filters, cursor, limit: '50' } }, signal }));

export const matterQuery = (plural: string, id: string) =>
  queryOptions({
    queryKey: ['matter', plural, id] as const,
    queryFn: ({ signal }) => answered(client.GET(one(plural), { params: { path: { id } }, signal })),
  });

// What a step changes: the register, what is due, and, of measures, agreements and months.
export const touched = (plural: string) => [['matter', plural], ['matters', plural], ['deadlines'], ['agreements'], ['recommendations'], ['month'], ['months']];

// takeStep takes a step; those of sanctions go by a door of their own, which gives the
// written notice together with the confirmation.
export const takeStep = (plural: string, id: string, body: StepBody, key: string): Promise<Matter> =>
  plural === 'sanctions'
    ? answered(client.POST('/v1/sanctions/{id}/decisions', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body }))
    : answered(client.POST(`/v1/${plural}/{id}/steps` as '/v1/clues/{id}/steps', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body }));

export interface Opening {
  institution_id: string;
  person_id: string;
  fields: Record<string, string>;
  reason: string;
  attachments: string[];
}

const listed = (text: string | undefined): string[] => (text ? text.split(';') : []);

// openMatter makes a new entry; sanctions and assessments are opened in their own way.
export function openMatter(plural: string, { institution_id, person_id, fields, reason, attachments }: Opening, key: string): Promise<Matter> {
  const header = { 'Idempotency-Key': key };
  if (plural === 'assessments') {
    const path = { institution_id, year: Number(fields['year']) };
    return answered(client.POST('/v1/assessments/{institution_id}/{year}', { params: { path, header }, body: { reason, attachments } }));
  }
  if (plural === 'sanctions') {
    const { grounds, findings, months, years, ...plain } = fields;
    return answered(
      client.POST('/v1/sanctions', {
        params: { header },
        body: {
          ...(plain as { measure: Schemas['SanctionBody']['measure'] }),
          institution_id,
          reason,
          attachments,
          grounds: listed(grounds),
          findings: listed(findings),
          ...(months ? { months: Number(months) } : {}),
          ...(years ? { years: Number(years) } : {}),
        },
      }),
    );
  }
  return answered(
    client.POST(list(plural), {
      params: { header },
      body: { fields, reason, attachments, ...(institution_id ? { institution_id } : {}), ...(person_id ? { person_id } : {}) },
    }),
  );
}

// stepOf finds what the table of steps says about an action; about a proposal it is the
// step that was proposed.
export const stepOf = (register: Register, matter: Matter, action: string): RegisterStep | undefined =>
  register.steps.find(
    (step) => step.action === (['confirm', 'decline', 'withdraw'].includes(action) ? matter.proposal?.action : action) && step.from?.includes(matter.state),
  );

// Fields that the product fills itself, or that are files and not forms.
const made = new Set(['dossier', 'dossier_sha256', 'origin', 'sheet', 'sheet_sha256', 'rows_before', 'inputs', 'draw', 'draw_sha256', 'proposed_score']);

export interface Asked {
  field: RegisterField;
  needed: boolean;
}

// asked lists the fields of a form for a step.
export function asked(register: Register, step: RegisterStep): Asked[] {
  const needs = register.kind === 'inspection' && step.action === 'reveal' ? ['seed'] : (step.needs ?? []); // the rest is drawn
  return [...needs.map((name) => ({ name, needed: true })), ...(step.takes ?? []).map((name) => ({ name, needed: false }))].flatMap(({ name, needed }) => {
    const field = register.fields.find((f) => f.name === name);
    return field && !made.has(name) ? [{ field, needed }] : [];
  });
}

// What is said of some measures only (Art. 43 to 45).
const timed = ['agreement_suspended', 'network_suspended'];
const staff = ['staff_suspended'];
const only: Record<string, string[]> = {
  months: timed,
  agreement_kind: ['agreement_suspended', 'agreement_terminated'],
  due_on: ['order_to_rectify'],
  physician_id: staff,
  name_masked: staff,
  years: staff,
  consent_no: staff,
  consent_on: staff,
};
const must = new Set(['months', 'due_on', 'physician_id', 'years']);

// ofMeasure leaves out of the form of a sanction what its measure has no use for, and
// asks at once for what the decision will need.
export const ofMeasure = (fields: Asked[], measure: string | undefined): Asked[] =>
  fields.flatMap(({ field, needed }) => {
    const measures = only[field.name];
    if (!measures) return [{ field, needed }];
    return measure && measures.includes(measure) ? [{ field, needed: needed || must.has(field.name) }] : [];
  });
