// A file that somebody wants to have checked, made into what the API takes: one record a
// line. A CSV has the names of fields in its first line, and a column kind.

export type Reading = { body: string; records: number } | { fault: 'empty' | 'badLine' | 'noKind' | 'tooMany'; at: number };

export const mostRecords = 1000;

const whole = new Set(['revision', 'nursing_level', 'days', 'days_supply', 'length_of_stay', 'line_count', 'incision_no']);
const truths = new Set(['cancelled', 'liveness', 'self_pay']);
const lists = new Set(['diagnoses', 'procedures']);

// read makes a file's text into records.
export function read(name: string, content: string): Reading {
  const text = content.replace(/^\uFEFF/, '');
  const reading = name.toLowerCase().endsWith('.csv') ? readTable(text) : readLines(text);
  if ('fault' in reading) return reading;
  if (reading.records === 0) return { fault: 'empty', at: 0 };
  return reading.records > mostRecords ? { fault: 'tooMany', at: reading.records } : reading;
}

function readLines(text: string): Reading {
  if (text.trimStart().startsWith('[')) return readArray(text);
  const lines = text.split(/\r?\n/);
  const records: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (!isObject(line)) return { fault: 'badLine', at: i + 1 };
    records.push(line);
  }
  return { body: records.join('\n'), records: records.length };
}

function readArray(text: string): Reading {
  try {
    const records = JSON.parse(text) as unknown[];
    return { body: records.map((record) => JSON.stringify(record)).join('\n'), records: records.length };
  } catch {
    return { fault: 'badLine', at: 1 };
  }
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function readTable(text: string): Reading {
  const [head, ...rows] = cells(text);
  if (!head?.includes('kind')) return { fault: 'noKind', at: 1 };
  const records = rows.map((row) =>
    JSON.stringify(Object.fromEntries(head.flatMap((field, i): [string, unknown][] => (row[i] ? [[field, valueOf(field, row[i])]] : [])))),
  );
  return { body: records.join('\n'), records: records.length };
}

// valueOf gives a cell the type that its field has. What cannot be so stays a text, and
// the server says what is wrong with it.
function valueOf(field: string, cell: string): unknown {
  if (whole.has(field) && /^\d{1,9}$/.test(cell)) return Number(cell);
  if (truths.has(field) && /^(true|false|1|0)$/.test(cell)) return cell === 'true' || cell === '1';
  return lists.has(field) ? cell.split(';').map((one) => one.trim()) : cell;
}

// cells reads RFC 4180: quotes around what has commas or line breaks, doubled within.
export function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted && c === '"' && text[i + 1] === '"') {
      cell += c;
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') endCell();
    else if (!quoted && c === '\n') endRow();
    else cell += c;
  }
  endRow();
  return rows;
}
