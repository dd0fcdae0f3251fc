// How figures and times are written. Money is never a float: decimal strings of the
// API are cut and joined as text, and sums are made of whole fen.

const zone = 'Asia/Shanghai';

// sv-SE writes 2026-10-09 09:00:00, whatever language the page is in.
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

// localTime is an instant as wall clocks in Shanghai show it: 2026-10-09 09:00:00.
export const localTime = (instant: string | number): string => clock.format(new Date(instant));

export const minute = (instant: string | number): string => localTime(instant).slice(0, 16);

export const day = (instant: string | number): string => localTime(instant).slice(0, 10);

// monthDayTime leaves the year out, for rows where it goes without saying.
export const monthDayTime = (instant: string | number): string => localTime(instant).slice(5, 16);

// dayStart is the instant at which a local day begins, in milliseconds.
export const dayStart = (text: string): number => Date.parse(`${text}T00:00:00+08:00`);

const dayLength = 86_400_000;

// daysBetween counts calendar days in Shanghai from an instant to a day; negative when it is past.
export const daysBetween = (from: string | number, to: string): number =>
  Math.round((dayStart(to) - dayStart(day(from))) / dayLength);

// grouped puts commas between thousands of a decimal string and keeps its decimals.
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const figures = whole.slice(sign.length).replace(/\B(?=(\d{3})+$)/g, ',');
  return sign + figures + (fraction === undefined ? '' : '.' + fraction);
}

// money is an amount in yuan with two decimals.
export function money(decimal: string | null | undefined): string {
  if (decimal === null || decimal === undefined || decimal === '') return '';
  return grouped(yuan(fen(decimal)));
}

// fen reads an amount with at most two decimals.
export function fen(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(decimal);
  if (!match) throw new RangeError(`not an amount: ${decimal}`);
  const value = BigInt(match[2]!) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' ? -value : value;
}

export const isAmount = (text: string): boolean => /^\d{1,8}(\.\d{1,2})?$/.test(text);

// yuan writes fen as the API does: 1234.50.
export function yuan(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

export const sum = (amounts: Iterable<string>): string => {
  let total = 0n;
  for (const amount of amounts) total += fen(amount);
  return yuan(total);
};

export const count = (n: number): string => grouped(String(n));
