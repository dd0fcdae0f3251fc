// A browser with somebody at it.
import { createHmac } from 'node:crypto';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export const startBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

// A browser far from Shanghai, in neither language of the console.
const elsewhere = { timezoneId: 'America/New_York', locale: 'de-DE' };

// sitDown opens the console for the holder of a key; faults collects what a browser
// complains about: errors of scripts, and whatever the content security policy refused.
export async function sitDown(browser, url, key, { width = 1366, height = 768, language = 'zh', appearance = 'light' } = {}) {
  const context = await browser.newContext({ ...elsewhere, viewport: { width, height } });
  context.setDefaultTimeout(60_000); // machines under load are slow, not wrong
  await context.addInitScript(
    ([token, preferences]) => {
      localStorage.setItem('claimwatch.preferences', JSON.stringify(preferences));
      if (token && !sessionStorage.getItem('claimwatch.key')) sessionStorage.setItem('claimwatch.key', token);
    },
    [key, { language, appearance }],
  );
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  return {
    page,
    faults,
    go: (path) => page.goto(url + path),
    rows: (selector = '') => page.locator(`.rows-body .row${selector}`),
    async press(...keys) {
      for (const one of keys) await page.keyboard.press(one);
    },
    // signInWith is for somebody who comes with a key.
    async signInWith(token) {
      await page.locator('.ways .ant-segmented-item').nth(1).click();
      await page.fill('#key', token);
      await page.keyboard.press('Enter');
    },
    async signIn(login, password) {
      await page.fill('#login', login);
      await page.fill('#password', password);
      await page.keyboard.press('Enter');
    },
    leave: () => context.close(),
  };
}

// codeOf is what an authenticator shows for a secret (RFC 6238), `steps` of 30 s from now.
export function codeOf(secret, steps = 0) {
  const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const sum = createHmac('sha1', key).update(counter).digest();
  const at = sum[19] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
