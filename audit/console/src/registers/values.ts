import type { Schemas } from '../api/client';
import { wordOf } from '../text';
import { areaTexts } from '../text/area';
import { tables as en } from '../text/en.tables';
import { tables as zh } from '../text/zh.tables';

export type Table = Schemas['TableView'];
export type TableColumn = Schemas['ColumnView'];
export type Row = Schemas['RowView'];

// useTables names tables, columns and the words in their cells.
export const useTables = areaTexts({ zh, en });

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
    .map((word) => wordOf(words, word))
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
