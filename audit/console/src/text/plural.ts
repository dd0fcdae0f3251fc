// plural is a count with its noun.
export const plural = (n: number | string, noun: string): string => `${n} ${String(n) === '1' ? noun : noun + 's'}`;
