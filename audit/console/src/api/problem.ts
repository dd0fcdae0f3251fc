import type { components } from './schema';

export type ProblemDocument = components['schemas']['Problem'];

// Problem is a refusal of the API (RFC 9457), or that no answer came.
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly field: string | undefined;
  readonly faults: NonNullable<ProblemDocument['faults']>; // of a file, or of a form with many fields

  constructor(document: Partial<ProblemDocument>) {
    super(document.detail ?? document.title ?? '');
    this.code = document.code ?? 'internal';
    this.status = document.status ?? 0;
    this.field = document.field;
    this.faults = document.faults ?? [];
  }

  // unreachable: whether the request has arrived is not known; sending again is safe.
  static unreachable(): Problem {
    return new Problem({ code: 'unreachable' });
  }

  static async of(response: Response): Promise<Problem> {
    const type = response.headers.get('Content-Type') ?? '';
    if (!type.includes('json')) return new Problem({ status: response.status, title: response.statusText });
    try {
      return new Problem((await response.json()) as Partial<ProblemDocument>);
    } catch {
      return new Problem({ status: response.status, title: response.statusText });
    }
  }
}
