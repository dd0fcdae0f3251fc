// Months are written YYYY-MM.

const number = (month: string): number => {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return year * 12 + of - 1;
};

const written = (n: number): string => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;

// monthsBack lists a month and those before it, the latest first.
export const monthsBack = (month: string, count: number): string[] => Array.from({ length: count }, (_, i) => written(number(month) - i));

// before is the month before that of a day: the one that is settled next.
export const before = (day: string): string => written(number(day.slice(0, 7)) - 1);
