import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { sitDown, startBrowser } from './desk.mjs';
import { startProvince } from './province.mjs';
import * as watch from './watch.pages.mjs';

// Every page in both languages, light and dark: nothing scrolls sideways, axe finds
// nothing serious, and with SHOTS=folder there is a picture of each.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS;
let province;
let browser;
let key;
const made = {}; // what pages of areas were made ready with

before(async () => {
  [province, browser] = await Promise.all([startProvince(), startBrowser()]);
  ({ key } = await province.key({ roles: ['officer', 'reviewer'] }));
  Object.assign(made, await watch.ready(province));
  if (shots) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const of = async (query) => (await province.call('GET', `/v1/findings?limit=1&${query}`)).items[0];

const pages = {
  'sign-in': { open: () => '/', key: '', shows: '#key' },
  queue: { open: () => '/findings', shows: '.rows-body .row', keys: ['j', 'x', 'j', 'x'], then: '.selection' },
  cases: { open: () => '/findings?by=case&sort=amount', shows: '.rows-body .row' },
  nothing: { open: () => '/findings?rule=FEE-001&severity=reminder', shows: '.nothing' },
  case: { open: async () => `/findings/${(await of('rule=IDN-001')).finding_id}`, shows: '.history' },
  decide: { open: async () => `/findings/${(await of('rule=FEE-007')).finding_id}`, shows: '.history', keys: ['a'], then: '.decide-form' },
  finding: { open: async () => `/findings/${(await of('rule=ADM-017')).finding_id}`, shows: '.history' },
  help: { open: () => '/findings', shows: '.rows-body .row', keys: ['?'], then: '.keys' },
  ...watch.pages,
};

for (const [name, page] of Object.entries(pages)) {
  for (const language of ['zh', 'en']) {
    for (const appearance of ['light', 'dark']) {
      test(`${name}, ${language}, ${appearance}`, async () => {
        for (const [width, height] of [[1366, 768], [1920, 1080]]) {
          const desk = await sitDown(browser, province.url, typeof page.key === 'function' ? page.key(made) : (page.key ?? key), { language, appearance, width, height });
          await desk.go(await page.open(made));
          await desk.page.waitForLoadState('load');
          await desk.page.waitForSelector(page.shows);
          await desk.press(...(page.keys ?? []));
          if (page.then) await desk.page.waitForSelector(page.then);
          await desk.page.waitForTimeout(1000); // what fades in has come
          if (shots) await desk.page.screenshot({ path: `${shots}/${name}-${language}-${appearance}-${width}.png` });
          assert.equal(await desk.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false, 'it scrolls sideways');
          if (width === 1366) assert.deepEqual(await faultsOf(desk.page), []);
          assert.deepEqual(desk.faults, []);
          await desk.leave();
        }
      });
    }
  }
}

// The page's own policy refuses scripts from outside, so the debugger brings axe in.
async function faultsOf(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 5).join(' | ')}`);
}
