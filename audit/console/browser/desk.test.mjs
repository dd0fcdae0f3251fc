import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sitDown, startBrowser } from './desk.mjs';
import { startEmpty } from './province.mjs';

let server;
let browser;

before(async () => {
  browser = await startBrowser();
  server = await startEmpty();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the first administrator is made by the link on the terminal, and an officer by a link of hers', async () => {
  const [link] = server.said().match(/\/setup#\S+/);
  const administrator = await sitDown(browser, server.url, '');
  await administrator.go(link);
  await administrator.page.fill('#login', 'admin1');
  await administrator.page.fill('#name', '赵管理');
  await administrator.page.fill('#new', 'short');
  await administrator.press('Enter');
  await administrator.page.waitForSelector('#entry-hint.past'); // and what was typed is still there
  assert.equal(await administrator.page.inputValue('#name'), '赵管理');
  await administrator.page.fill('#new', 'a password of hers');
  await administrator.press('Enter');
  await administrator.page.waitForSelector('.head :text("赵管理")');
  assert.ok(!administrator.page.url().includes('#'), 'the link stays in no address');
  await administrator.go('/accounts');
  await administrator.page.waitForSelector('.ant-table :text("admin1")');
  const made = await administrator.page.evaluate(async () => {
    const answer = await fetch('/v1/accounts', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: 'officer1', name: '钱审核', roles: ['officer'] }),
    });
    return answer.json();
  });
  assert.match(made.link, /^\/link#/);
  await administrator.leave();

  const again = await sitDown(browser, server.url, '');
  await again.go(link);
  await again.page.fill('#login', 'admin2');
  await again.page.fill('#name', '冒充者');
  await again.page.fill('#new', 'another password');
  await again.press('Enter');
  await again.page.waitForSelector('#entry-hint.past'); // it is good once
  await again.leave();

  const officer = await sitDown(browser, server.url, '');
  await officer.go(made.link);
  await officer.page.fill('#new', 'a password of his');
  await officer.press('Enter');
  await officer.page.waitForURL(/\/findings/);
  await officer.leave();

  const tomorrow = await sitDown(browser, server.url, '');
  await tomorrow.go('/');
  await tomorrow.signIn('officer1', 'not his password');
  await tomorrow.page.waitForSelector('#entry-hint.past');
  await tomorrow.signIn('officer1', 'a password of his');
  await tomorrow.page.waitForURL(/\/findings/);
  await tomorrow.go('/accounts');
  await tomorrow.page.waitForSelector('.notice code:has-text("forbidden")'); // an officer keeps no accounts
  assert.deepEqual(tomorrow.faults, []);
  await tomorrow.leave();
});
