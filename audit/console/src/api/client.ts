import createClient from 'openapi-fetch';
import { Problem } from './problem';
import type { components, paths } from './schema';
import { authorization, expire } from './session';

export type Schemas = components['schemas'];

export const client = createClient<paths>({ baseUrl: window.location.origin });

client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(authorization())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (response.status === 401) expire();
    if (!response.ok) throw await Problem.of(response);
    return response;
  },
  onError({ error }) {
    return error instanceof Problem || (error instanceof DOMException && error.name === 'AbortError')
      ? (error as Error)
      : Problem.unreachable();
  },
});

// answered gives the body of an answer; refusals were thrown before.
export async function answered<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw Problem.unreachable();
  return data;
}

// newKey makes an Idempotency-Key. randomUUID is there on secure origins only.
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
