import type { Finding } from '../api/findings';

// What a rule gives as evidence: facts that it saw, and the parameters that it used.
export interface Evidence {
  facts: [string, string][];
  parameters: Map<string, string>;
  knowledge: string | undefined;
}

export function evidenceOf({ evidence }: Pick<Finding, 'evidence'>): Evidence {
  const { parameters, knowledge_version, ...facts } = (evidence ?? {}) as Record<string, unknown>;
  return {
    facts: Object.entries(facts)
      .map(([key, value]): [string, string] => [key, typeof value === 'string' ? value : JSON.stringify(value)])
      .filter(([, value]) => value !== '' && value !== '[]' && value !== '{}'),
    parameters: new Map(Object.entries((parameters ?? {}) as Record<string, string>)),
    knowledge: knowledge_version === undefined ? undefined : String(knowledge_version),
  };
}

type Sign = '>' | '≥' | '≤' | '=' | '≠';

export interface Comparison {
  left: string[]; // multiplied
  sign: Sign;
  right: string[];
}

const compare = (left: string, sign: Sign, right: string): Comparison => ({ left: left.split('×'), sign, right: right.split('×') });

// What each rule holds against what. A name is that of a fact or, after a colon, of a parameter.
const comparisons: Record<string, Comparison> = {
  'ADM-001': compare('days_between', '≤', 'limit_days'),
  'ADM-002': compare('days_between', '≤', ':days'),
  'ADM-010': compare('days_without_care', '≥', ':days'),
  'ADM-015': compare('stay_days', '>', 'p95'),
  'ADM-017': compare('persons', '≥', ':persons'),
  'ADM-019': compare('patients', '>', 'beds'),
  'DEV-003': compare('amount', '>', 'cap'),
  'FEE-002': compare('charged', '>', 'ordered'),
  'FEE-005': compare('charged', '>', 'packages×price'),
  'FEE-007': compare('unit_price', '>', 'cap'),
  'FEE-008': compare('charged', '>', 'at_most'),
  'FEE-009': compare('charged', '>', 'at_most'),
  'FEE-013': compare('bed_days_charged', '>', 'stay_days'),
  'FEE-014': compare('days_charged', '>', 'stay_days'),
  'FEE-015': compare('charged_level', '≠', 'ordered_level'),
  'FEE-019': compare('billed', '>', 'ordered_each_time×times_per_day×days'),
  'FEE-023': compare('cap×factor', '=', 'most'),
  'FEE-024': compare('charged', '>', 'main_items'),
  'IDN-001': compare('failed_checks', '≥', ':checks'),
  'RX-001': compare('days_supplied', '>', 'limit_days'),
  'RX-002': compare('days_supplied', '>', 'limit_days'),
  'RX-003': compare('days_left', '>', ':days'),
  'RX-005': compare('days_supplied', '>', 'limit_days'),
  'SWP-001': compare('unit_price', '>', 'cap_of_ordered'),
};

const scale = 1_000_000n;

// exact reads a decimal of up to six places as a whole number of millionths.
function exact(decimal: string): bigint | undefined {
  const match = /^(-?\d+)(?:\.(\d{1,6}))?$/.exec(decimal);
  return match ? BigInt(match[1]!) * scale + BigInt((match[2] ?? '').padEnd(6, '0')) : undefined;
}

const holds: Record<Sign, (a: bigint, b: bigint) => boolean> = {
  '>': (a, b) => a > b,
  '≥': (a, b) => a >= b,
  '≤': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '≠': (a, b) => a !== b,
};

// comparisonOf gives what the rule compared, when all of it is there and it is so: what
// a finding rests on otherwise is not put into a formula that does not hold.
export function comparisonOf(rule: string, { facts, parameters }: Evidence): Comparison | undefined {
  const comparison = comparisons[rule];
  if (!comparison) return undefined;
  const known = new Map(facts);
  const product = (names: string[]): bigint | undefined => {
    let value = scale;
    for (const name of names) {
      const factor = exact((name.startsWith(':') ? parameters.get(name.slice(1)) : known.get(name)) ?? '');
      if (factor === undefined) return undefined;
      value = (value * factor) / scale;
    }
    return value;
  };
  const [left, right] = [product(comparison.left), product(comparison.right)];
  return left !== undefined && right !== undefined && holds[comparison.sign](left, right) ? comparison : undefined;
}
