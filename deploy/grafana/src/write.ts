// Writes each board as JSON, or with --check says which is not what is written here.
import { readFileSync, writeFileSync } from 'node:fs';
import { boards } from './boards.js';

const check = process.argv.includes('--check');
let stale = 0;
for (const [name, made] of Object.entries(boards)) {
  const path = new URL(`../${name}.json`, import.meta.url);
  const text = JSON.stringify(made, null, 2) + '\n';
  if (!check) {
    writeFileSync(path, text);
    continue;
  }
  if (readFileSync(path, 'utf8') !== text) {
    console.error(`${name}.json is not what src/ says: npm run write`);
    stale++;
  }
}
process.exit(stale);
