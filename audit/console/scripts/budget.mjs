// Measures what a browser loads before it shows the queue, and fails above the budget.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const budget = 400 * 1000;
const pages = ['index.html', 'src/queue/QueuePage.tsx'];
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

const sizes = new Map([['index.html', gzipSync(await readFile(new URL('index.html', dist))).length]]);
for (const waiting = [...pages]; waiting.length > 0; ) {
  const chunk = manifest[waiting.pop()];
  for (const file of [chunk.file, ...(chunk.css ?? [])]) {
    if (sizes.has(file)) continue;
    sizes.set(file, gzipSync(await readFile(new URL(file, dist))).length);
    waiting.push(...(chunk.imports ?? []));
  }
}
const sum = [...sizes.values()].reduce((a, b) => a + b);
if (process.argv.includes('--list')) for (const [name, size] of sizes) console.log(String(size).padStart(8), name);
console.log(`first load: ${sum} bytes gzip of ${budget}`);
if (sum > budget) {
  console.error('the first load is over its budget');
  process.exit(1);
}
