import type { Schemas } from '../api/client';

export type Message = Schemas['InboxItem'];
export type Alert = Pick<Schemas['Told'], 'labels' | 'annotations'>;

// placeOf is the page of this console that an alert leads to. Its link begins with the
// address under which the server is known, which need not be that of this browser; a link
// that is none, or leads out of paths, is not followed.
export function placeOf({ annotations }: Alert): string | undefined {
  try {
    const { pathname, search } = new URL(annotations['link'] ?? '', 'http://console');
    return pathname === '/' || pathname.startsWith('//') ? undefined : pathname + search;
  } catch {
    return undefined;
  }
}

// gravest is the severity under which a message stands.
export const gravest = (alerts: readonly Alert[]): string | undefined => ['violation', 'suspicion', 'reminder'].find((severity) => alerts.some(({ labels }) => labels['severity'] === severity));

// common is a label that all alerts of a message have alike.
export function common(alerts: readonly Alert[], label: string): string | undefined {
  const first = alerts[0]?.labels[label];
  return first && alerts.every(({ labels }) => labels[label] === first) ? first : undefined;
}

// amounts are those of the alerts of a message, to be summed.
export const amounts = (alerts: readonly Alert[]): string[] => alerts.flatMap(({ annotations }) => annotations['amount_yuan'] ?? []);

// matcher writes a condition of a silence: name="value".
export const matcher = (name: string, value: string): string => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`;
