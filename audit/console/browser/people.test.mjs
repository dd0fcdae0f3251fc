import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codeOf, sitDown, startBrowser } from './desk.mjs';
import { startClinic } from './clinic.mjs';

const password = 'a password of hers';
let clinic;
let browser;

before(async () => {
  browser = await startBrowser();
  clinic = await startClinic();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

// newcomer makes an account and chooses its password.
async function newcomer(login, rights) {
  const { link, account_id } = await clinic.call('POST', '/v1/accounts', { login, name: `人员${login}`, ...rights });
  const desk = await sitDown(browser, clinic.url, '');
  await desk.go(link);
  await desk.page.fill('#new', password);
  await desk.press('Enter');
  await desk.page.waitForSelector('.shell');
  return { ...desk, account_id };
}

test('a second factor is enrolled, asked for at the door, and taken away by an administrator', async () => {
  const desk = await newcomer('wang', { roles: ['officer'] });
  await desk.go('/me');
  await desk.page.getByRole('button', { name: '启用', exact: true }).click();
  await desk.page.waitForSelector('.drawn svg');
  const secret = await desk.page.locator('.secret').textContent();
  assert.match(secret, /^([A-Z2-7]{4} ?)+$/);
  const enrol = desk.page.locator('.enrol');
  await enrol.locator('#code').fill(codeOf(secret, -1));
  await enrol.locator('#password').fill('not her password');
  await desk.press('Enter');
  await enrol.locator('.ant-alert-error', { hasText: '当前密码不正确' }).waitFor();
  assert.equal(await desk.page.locator('#login').count(), 0, 'a wrong password is no end of the session');
  await enrol.locator('#password').fill(password);
  await desk.press('Enter');
  await desk.page.waitForSelector('.section .ant-tag:has-text("已启用")');
  assert.deepEqual(desk.faults, []);
  await desk.leave();

  const later = await sitDown(browser, clinic.url, '');
  await later.go('/');
  await later.signIn('wang', password);
  await later.page.waitForSelector('#entry-hint.past'); // the password alone is not enough
  await later.page.getByRole('button', { name: '我已启用动态验证码' }).click();
  await later.page.fill('#code', codeOf(secret));
  await later.press('Enter');
  await later.page.waitForSelector('.shell');
  await later.leave();

  const keeper = await sitDown(browser, clinic.url, clinic.admin);
  await keeper.go('/accounts');
  const row = keeper.page.locator('.ant-table-row', { hasText: 'wang' });
  await row.locator('.ant-tag', { hasText: '动态验证码' }).waitFor();
  await row.getByRole('button').click();
  await keeper.page.locator('.ant-dropdown-menu-item', { hasText: '解除动态验证码' }).click();
  await keeper.page.locator('.ant-modal-footer .ant-btn-dangerous').click();
  const link = await keeper.page.locator('.ant-modal input.code').inputValue();
  assert.match(link, /\/link#/);
  const { items } = await clinic.call('GET', '/v1/accounts');
  assert.equal(items.find((a) => a.login === 'wang').totp, false);
  await keeper.leave();
});

test('a key of her own is made, is good, is revoked, and is good no more', async () => {
  const desk = await newcomer('li', { roles: ['officer'] });
  await desk.go('/me');
  await desk.page.fill('#key-label', 'monthly script');
  await desk.press('Enter');
  const key = await desk.page.locator('.ant-modal input.code').inputValue();
  const who = () => fetch(`${clinic.url}/v1/session`, { headers: { Authorization: `Bearer ${key}` } });
  assert.equal((await (await who()).json()).key_id, desk.account_id, 'who calls with it is she');
  await desk.page.locator('.ant-modal-footer button').click();
  await desk.page.locator('.ant-table-row', { hasText: 'monthly script' }).getByRole('button').click();
  await desk.page.locator('.ant-modal-footer .ant-btn-dangerous').click();
  await desk.page.locator('.ant-table-row .ant-tag', { hasText: '已撤销' }).waitFor();
  assert.equal((await who()).status, 401);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('an administrator makes a key of an institution, which sees it and not those of others', async () => {
  const keeper = await sitDown(browser, clinic.url, clinic.admin);
  await keeper.go('/keys');
  await keeper.page.getByRole('button', { name: '新建密钥' }).click();
  await keeper.page.locator('.ant-modal #institution').click();
  await keeper.page.locator('.ant-select-item-option', { hasText: '第一医院' }).click();
  await keeper.page.locator('.ant-modal #label').fill('HIS of H1');
  await keeper.page.locator('.ant-modal-footer .ant-btn-primary').click();
  const key = await keeper.page.locator('.ant-modal input.code').inputValue();
  await keeper.leave();

  for (const [house, shown] of [[key, 1], [clinic.keys.H2.key, 0]]) {
    const desk = await sitDown(browser, clinic.url, house);
    await desk.go('/our/keys');
    await desk.page.waitForSelector('.ant-table-row');
    assert.equal(await desk.page.locator('.ant-table-row', { hasText: 'HIS of H1' }).count(), shown);
    assert.equal(await desk.page.locator('.ant-table-row .ant-btn').count(), 0);
    await desk.leave();
  }
});

test('the bell counts what an officer was told, and a hospital is led to its own pages', async () => {
  const unread = async (key) => (await clinic.call('GET', '/v1/inbox', undefined, key)).unread;
  for (let tries = 0; (await unread(clinic.keys.officer.key)) === 0; tries++) {
    assert.ok(tries < 900, 'the officer is told of findings');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const desk = await sitDown(browser, clinic.url, clinic.keys.officer.key);
  await desk.go('/inbox?only=unread');
  await desk.page.waitForSelector('.bell .figures');
  await desk.page.locator('.ant-table-row .about a').first().waitFor();
  await desk.page.getByRole('button', { name: '全部标为已读' }).click();
  await desk.page.waitForSelector('.nothing');
  await desk.page.locator('.bell .figures').waitFor({ state: 'detached' });
  assert.equal(await unread(clinic.keys.officer.key), 0);
  await desk.go('/inbox');
  await desk.page.locator('.ant-table-row .about a').first().click();
  await desk.page.waitForURL(/\/(findings|deadlines|institutions)/);
  assert.deepEqual(desk.faults, []);
  await desk.leave();

  await clinic.decide(1, 'notify', { reason: '请说明' });
  const { finding_id } = await clinic.finding(1);
  const { items } = await clinic.call('GET', '/v1/notices', undefined, clinic.keys.H1.key);
  const house = await sitDown(browser, clinic.url, clinic.keys.H1.key);
  for (const [from, to] of [[`/findings/${finding_id}`, `/our/findings/${finding_id}`], [`/notices/${items[0].notice_id}`, `/our/notices/${items[0].notice_id}`], ['/deadlines', '/our/deadlines'], ['/institutions/H1', '/our/health']]) {
    await house.go(from);
    await house.page.waitForURL((url) => url.pathname === to);
  }
  await house.leave();
});

test('a reviewer mutes with a reason and ends it; an officer cannot', async () => {
  const { key } = await clinic.key({ roles: ['reviewer'] });
  const desk = await sitDown(browser, clinic.url, key);
  await desk.go('/alerts?tab=silences');
  await desk.page.getByRole('button', { name: '设置静默' }).click();
  const send = desk.page.locator('.ant-modal-footer .ant-btn-primary');
  assert.equal(await send.isDisabled(), true, 'nothing is said of what to mute');
  await desk.page.locator('.ant-modal #more').fill('institution_id="H2"');
  await desk.page.locator('.ant-modal #reason').fill('公告停机');
  await send.click();
  const row = desk.page.locator('.ant-table-row', { hasText: '公告停机' });
  await row.locator('.ant-tag', { hasText: '生效中' }).waitFor();
  await row.getByRole('button').click();
  await desk.page.locator('.ant-modal-footer .ant-btn-primary').click();
  await row.locator('.ant-tag', { hasText: '已结束' }).waitFor();
  await desk.go('/alerts?tab=routes&labels=alertname%3DDeadline%2Cescalation%3Ddirector');
  await desk.page.waitForSelector('.ant-table-row.matched');
  assert.deepEqual(desk.faults, []);
  await desk.leave();

  const officer = await sitDown(browser, clinic.url, clinic.keys.officer.key);
  await officer.go('/alerts?tab=silences');
  await officer.page.waitForSelector('.ant-table-row');
  assert.equal(await officer.page.getByRole('button', { name: '设置静默' }).count(), 0);
  await officer.leave();
});
