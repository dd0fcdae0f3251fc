import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startClinic } from './clinic.mjs';
import { codeOf, sitDown, startBrowser } from './desk.mjs';
import { startConfigured } from './province.mjs';
import { client, secret, startSignOn } from './signon.mjs';

let signOn;
let clinic;
let browser;

const settings = (url, data) => {
  const file = join(data, 'oidc.secret');
  writeFileSync(file, secret);
  const oidc = {
    name: '统一认证', issuer: signOn.issuer, client_id: client, client_secret_file: file, redirect_url: `${url}/auth/oidc/callback`,
    login_claim: 'preferred_username', name_claim: 'name', rights: [{ claim: 'groups', value: 'officers', roles: ['officer'] }],
  };
  return { sign_in: { totp_required_for: ['director'], oidc } };
};

before(async () => {
  signOn = await startSignOn({ sub: '7', preferred_username: 'wang', name: '王小明', groups: ['officers'] });
  browser = await startBrowser();
  clinic = await startClinic(() => startConfigured(settings));
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
  signOn?.stop();
});

test('who comes by the sign-on of the agency lands on the page that was asked for', async () => {
  const desk = await sitDown(browser, clinic.url, '');
  await desk.go('/deadlines');
  await desk.page.getByRole('link', { name: '统一认证' }).click();
  await desk.page.waitForSelector('.shell');
  assert.equal(new URL(desk.page.url()).pathname, '/deadlines');
  await desk.page.getByRole('button', { name: '王小明' }).waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('a director sees nothing before a second factor is set up', async () => {
  const { login, password } = await clinic.account('zheng', { roles: ['director'] });
  const desk = await sitDown(browser, clinic.url, '');
  await desk.go('/findings');
  await desk.signIn(login, password);
  const page = desk.page.locator('.must-enrol');
  await page.getByRole('button', { name: /启用|设置/ }).click();
  const secret = await page.locator('.secret').textContent();
  assert.equal(await desk.page.locator('.shell').count(), 0);
  const status = () => desk.page.evaluate(async () => (await fetch('/v1/findings')).status);
  assert.equal(await status(), 403, 'the server shows nothing either');
  await page.locator('#code').fill(codeOf(secret));
  await page.locator('#password').fill(password);
  await desk.press('Enter');
  await desk.rows().first().waitFor();
  assert.equal(await status(), 200);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('somebody else goes on where a session has ended, and finds nothing of the one before', async () => {
  const [one, two] = [await clinic.account('sun', { roles: ['officer'] }), await clinic.account('zhou', { roles: ['officer'] })];
  const { finding_id } = await clinic.finding(1);
  const desk = await sitDown(browser, clinic.url, '');
  await desk.go(`/findings/${finding_id}`);
  await desk.signIn(one.login, one.password);
  await desk.page.waitForSelector('.decide-actions button');
  await desk.press('a');
  await desk.page.fill('.decide textarea', '写到一半的理由');
  await desk.page.context().clearCookies();
  await desk.press('Control+Enter');
  await desk.page.waitForSelector('#login');
  await desk.signIn(two.login, two.password);
  await desk.page.getByRole('button', { name: two.login }).waitFor();
  await desk.rows().first().waitFor();
  assert.equal(new URL(desk.page.url()).pathname, '/findings');
  await desk.go(`/findings/${finding_id}`);
  await desk.page.waitForSelector('.decide-actions button');
  assert.equal((await desk.page.content()).includes('写到一半'), false);
  await desk.press('a');
  assert.equal(await desk.page.inputValue('.decide textarea'), '');
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('what waits to be sent is sent before whoever decided it signs out', async () => {
  const one = await clinic.account('wu', { roles: ['officer'] });
  const desk = await sitDown(browser, clinic.url, '');
  await desk.go('/findings?stay_id=S3');
  await desk.signIn(one.login, one.password);
  await desk.rows().first().waitFor();
  await desk.press('j', 'x', 'n');
  await desk.page.waitForSelector('.pending');
  await desk.page.getByRole('button', { name: one.login }).click();
  await desk.page.locator('.ant-dropdown-menu-item', { hasText: '退出' }).click();
  await desk.page.waitForSelector('#login');
  assert.equal((await clinic.finding(3)).state, 'notified');
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});
