import type { Schemas } from '../api/client';

export type Table = Schemas['TableView'];
export type TableColumn = Schemas['ColumnView'];
export type Row = Schemas['RowView'];

// keyOf joins the key cells of a row as the API asks for the history of one.
export const keyOf = (table: Table, row: Row['row']): string =>
  table.columns
    .filter((column) => column.key)
    .map((column) => row[column.name] ?? '')
    .join('|');

const wordy = new Set(['bool', 'word', 'list']);

// cellOf writes a cell: closed words in the reader's language, what people typed as it is.
export function cellOf(column: TableColumn, text: string | undefined, words: Record<string, string>): string {
  if (!text || !wordy.has(column.type)) return text ?? '';
  return text
    .split(';')
    .map((word) => words[word] ?? word)
    .join(' ');
}

const numeric = new Set(['int', 'number', 'price', 'amount']);

export const isNumeric = (column: TableColumn): boolean => numeric.has(column.type);

// header is the first line of a CSV file of a table.
export const header = (table: Table): string => table.columns.map((column) => column.name).join(',');

// cell writes a value of a CSV line.
const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// csvOf is a file of one row, withdrawn when void is said.
export function csvOf(table: Table, row: Row['row'], withdraw = false): string {
  const names = table.columns.map((column) => column.name);
  return `${[...names, 'void'].join(',')}\n${[...names.map((name) => cell(row[name] ?? '')), String(withdraw)].join(',')}\n`;
}

// changesOf are the columns in which a version differs from the one before.
export const changesOf = (table: Table, before: Row['row'] | undefined, now: Row['row']): TableColumn[] =>
  table.columns.filter((column) => (before?.[column.name] ?? '') !== (now[column.name] ?? ''));
