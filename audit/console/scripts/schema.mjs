// Writes src/api/schema.ts from openapi.json; with --check it only says whether it is current.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const target = new URL('../src/api/schema.ts', import.meta.url);
const document = new URL('../openapi.json', import.meta.url);
const head = '// Made by `npm run schema` from openapi.json. Do not edit.\n\n';
const made = head + astToString(await openapiTS(JSON.parse(await readFile(document, 'utf8'))));
if (!process.argv.includes('--check')) {
  await writeFile(target, made);
} else if (made !== (await readFile(target, 'utf8').catch(() => ''))) {
  console.error('src/api/schema.ts is not what openapi.json says: run npm run schema');
  process.exit(1);
}
