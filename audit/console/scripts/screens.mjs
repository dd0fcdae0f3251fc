// Writes docs/screens.md, the gallery of all pictures that browser/looks.test.mjs takes;
// with --check it only says whether it is current.
import { readdir, readFile, writeFile } from 'node:fs/promises';

const browser = new URL('../browser/', import.meta.url);
const target = new URL('../../../docs/screens.md', import.meta.url);
// The areas of the gallery, in its order; a new one follows under the name of its file.
const areas = { queue: 'The queue, the case and signing in', money: 'Money and measures', portal: 'What a hospital sees', watch: 'Watching, rules and registers', people: 'People and alerts' };

const found = (await readdir(browser)).filter((name) => name.endsWith('.pages.mjs')).map((name) => name.slice(0, -'.pages.mjs'.length));
const order = [...Object.keys(areas).filter((area) => found.includes(area)), ...found.filter((area) => !(area in areas)).sort()];
const parts = [];
for (const area of order) {
  const { pages } = await import(new URL(`${area}.pages.mjs`, browser));
  parts.push(`## ${areas[area] ?? area}`, ...Object.keys(pages).map(rowOf));
}
const head = `<!-- Made by npm run screens from audit/console/browser/*.pages.mjs. Do not edit. -->
# Every page of the console

In Chinese, light, and in English, dark, at 1366 by 768; the link beside a name is the Chinese page at 1920 by 1080. \`make screenshots\` takes them from
\`claimwatch demo\`: institutions and persons are simulated.`;
const made = `${[head, ...parts].join('\n\n')}\n`;
if (!process.argv.includes('--check')) {
  await writeFile(target, made);
} else if (made !== (await readFile(target, 'utf8').catch(() => ''))) {
  console.error('docs/screens.md does not show the pages of browser/*.pages.mjs: run npm run screens');
  process.exit(1);
}

function rowOf(name) {
  const picture = (language, width) => `img/${name}-${language}-${width}.png`;
  return `**${name}** · [1920 wide](${picture('zh', 1920)})

| ![${name} in Chinese](${picture('zh', 1366)}) | ![${name} in English](${picture('en', 1366)}) |
|---|---|`;
}
