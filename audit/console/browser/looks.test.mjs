import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { sitDown, startBrowser } from './desk.mjs';
import * as money from './money.pages.mjs';
import * as people from './people.pages.mjs';
import * as portal from './portal.pages.mjs';
import { startProvince } from './province.mjs';
import * as queue from './queue.pages.mjs';
import * as watch from './watch.pages.mjs';

// Every page, light in Chinese and dark in English: nothing scrolls sideways, axe finds
// nothing serious, no policy of the browser is broken. SHOTS=folder keeps a picture of each.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS;
const looks = [
  { language: 'zh', appearance: 'light', widths: [1366, 1920] },
  { language: 'en', appearance: 'dark', widths: [1366] },
];
const seen = new Set(); // paths that were opened
let province;
let browser;
let key;

before(async () => {
  [province, browser] = await Promise.all([startProvince(), startBrowser()]);
  ({ key } = await province.key({ roles: ['officer', 'reviewer'] }));
  if (shots) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const areas = { queue, money, portal, watch, people };
for (const [area, { pages, ready }] of Object.entries(areas)) {
  // Two desks at once: while one waits for what fades in, the other draws.
  describe(area, { concurrency: 2 }, () => {
    // What pages are about is made once, for the first of them.
    let made;
    const about = () => (made ??= ready ? ready(province) : province);
    for (const [name, page] of Object.entries(pages)) {
      for (const look of looks) test(`${name}, ${look.language}, ${look.appearance}`, async () => looksWell(name, page, await about(), look));
    }
  });
}

// A page that is added is looked at too.
test('every page was looked at', () => {
  const sources = new URL('../src/', import.meta.url);
  const areaFiles = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('area.ts'));
  const routes = areaFiles.flatMap((name) => [...readFileSync(new URL(name, sources), 'utf8').matchAll(/\{ path: '([^'/][^']*)'/g)].map(([, path]) => path));
  assert.ok(routes.length > 40, `${routes.length} routes were read`);
  const shows = (route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`);
  assert.deepEqual(routes.filter((route) => ![...seen].some((path) => shows(route).test(path))), []);
});

async function looksWell(name, page, about, { language, appearance, widths }) {
  const whose = page.key ? await page.key(about) : key;
  const desk = await sitDown(browser, province.url, whose, { language, appearance, width: widths[0] });
  const address = await page.open(about);
  seen.add(new URL(address, province.url).pathname.slice(1));
  await desk.go(address);
  await desk.page.waitForSelector(page.shows);
  await desk.press(...(page.keys ?? []));
  if (page.then) await desk.page.waitForSelector(page.then);
  await desk.page.waitForTimeout(600); // what fades in has come
  for (const width of widths) {
    await desk.page.setViewportSize({ width, height: width === 1366 ? 768 : 1080 });
    if (shots) await desk.page.screenshot({ path: `${shots}/${name}-${language}-${width}.png` });
    assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false, `it scrolls sideways at ${width}`);
  }
  assert.deepEqual(await faultsOf(desk.page), []);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
}

// The page's own policy refuses scripts from outside, so the debugger brings axe in.
async function faultsOf(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 5).join(' | ')}`);
}
