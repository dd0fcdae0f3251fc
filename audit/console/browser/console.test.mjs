import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sitDown, startBrowser } from './desk.mjs';
import { startProvince } from './province.mjs';

let province;
let browser;
let officer;

before(async () => {
  [province, browser] = await Promise.all([startProvince(), startBrowser()]);
  officer = await province.key({ roles: ['officer'] });
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const counts = async (query = '') => {
  const { states } = await province.call('GET', `/v1/findings/counts?${query}`);
  return Object.fromEntries(states.map((s) => [s.name, s.findings]));
};

// eventually waits for what a server and a browser agree on in their own time.
async function eventually(what, check, patience = 60_000) {
  for (const until = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (await check()) return;
    assert.ok(Date.now() < until, what);
  }
}

test('a key that nobody has is refused, and a good one opens the queue', async () => {
  const desk = await sitDown(browser, province.url, '');
  await desk.go('/findings');
  await desk.signInWith('no such key');
  await desk.page.waitForSelector('#entry-hint.past');
  await desk.signInWith(officer.key);
  await desk.rows().first().waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('filters live in the address', async () => {
  const desk = await sitDown(browser, province.url, officer.key);
  await desk.go('/findings?severity=violation&sort=amount');
  await desk.rows().first().waitFor();
  assert.ok((await desk.rows().locator('.severity.violation').count()) > 0);
  assert.equal(await desk.rows().locator('.severity.suspicion').count(), 0);
  await desk.page.locator('.states .ant-segmented-item').nth(2).click();
  await desk.page.waitForURL(/state=open/);
  assert.match(desk.page.url(), /severity=violation/);
  await desk.leave();
});

test('many are decided for one reason, and what is undone is never sent', async () => {
  const desk = await sitDown(browser, province.url, officer.key);
  await desk.go('/findings?state=open&sort=amount');
  await desk.rows().first().waitFor();
  const before = await counts();
  await desk.press('j', 'x', 'j', 'x', 'n');
  await desk.page.waitForSelector('.pending');
  await desk.press('u');
  await desk.page.waitForSelector('.pending', { state: 'detached' });
  await desk.page.waitForTimeout(9000);
  assert.deepEqual(await counts(), before);
  await desk.press('x', 'k', 'x', 'n');
  await eventually('two are notified', async () => ((await counts()).notified ?? 0) === (before.notified ?? 0) + 2);
  await desk.rows('.passed').nth(1).waitFor(); // the stream tells it
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('ten cases are cleared with the keyboard alone', async () => {
  const desk = await sitDown(browser, province.url, officer.key, { language: 'en' });
  const before = (await counts()).notified ?? 0;
  await desk.go('/findings?state=open&sort=amount');
  await desk.rows().first().waitFor();
  await desk.press('j', 'Enter');
  await desk.page.waitForURL(/findings\/f_/);
  const shown = () => desk.page.waitForSelector(`#${desk.page.url().split('/').at(-1)}`);
  for (let done = 1; done <= 10; done++) {
    await shown();
    const here = desk.page.url();
    await desk.press('n');
    await desk.page.waitForSelector('.decide textarea');
    await desk.page.keyboard.type('Please explain.');
    await desk.press('Control+Enter');
    await desk.page.waitForURL((url) => url.href !== here);
  }
  await eventually('ten are notified', async () => ((await counts()).notified ?? 0) >= before + 10);
  await shown();
  await desk.press('Escape');
  await desk.page.waitForURL(/findings\?state=open&sort=amount/);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('two officers on one case: the second is told what changed and keeps the text', async () => {
  const [finding] = (await province.call('GET', '/v1/findings?state=open&sort=severity&limit=1')).items;
  const desk = await sitDown(browser, province.url, officer.key);
  await desk.go(`/findings/${finding.finding_id}`);
  await desk.page.waitForSelector('.decide-actions button');
  await desk.press('a');
  await desk.page.fill('.decide textarea', '经核实，情况属实。');
  await province.call('POST', `/v1/findings/${finding.finding_id}/decisions`, {
    action: 'assign', to: 'somebody', expected_revision: finding.revision, facts_sha256: finding.facts_sha256,
  });
  await desk.page.waitForSelector('.changes');
  assert.equal(await desk.page.inputValue('.decide textarea'), '经核实，情况属实。');
  await desk.press('Control+Enter'); // seen
  await desk.page.waitForSelector('.changes', { state: 'detached' });
  await desk.press('Control+Enter');
  await eventually('it is released', async () => (await province.call('GET', `/v1/findings/${finding.finding_id}`)).state === 'released');
  await desk.leave();
});

test('a stream that is cut goes on, and misses nothing', async () => {
  const desk = await sitDown(browser, province.url, officer.key);
  await desk.go('/findings?state=open&sort=amount');
  await desk.page.waitForSelector('.live:not(.cut)');
  await desk.rows().first().waitFor();
  await desk.page.context().setOffline(true);
  await province.call('GET', '/v1/status');
  const [finding] = (await province.call('GET', '/v1/findings?state=open&sort=amount&limit=1')).items;
  await province.call('POST', `/v1/findings/${finding.finding_id}/decisions`, {
    action: 'notify', expected_revision: finding.revision, facts_sha256: finding.facts_sha256,
  });
  await desk.page.context().setOffline(false);
  await desk.rows('.passed').first().waitFor({ timeout: 60_000 });
  await desk.leave();
});

test('a session that ends in the middle of a form loses no text', async () => {
  const password = 'correct horse battery';
  const { link } = await province.call('POST', '/v1/accounts', { login: 'half', name: '钱审核', roles: ['officer'] });
  await province.call('POST', '/v1/session/link', { link: link.split('#')[1], password }, '');
  const desk = await sitDown(browser, province.url, '');
  const [finding] = (await province.call('GET', '/v1/findings?state=open&limit=1')).items;
  await desk.go(`/findings/${finding.finding_id}`);
  await desk.page.waitForSelector('#login');
  await desk.signIn('half', password);
  await desk.page.waitForSelector('.decide-actions button');
  await desk.press('a');
  await desk.page.fill('.decide textarea', '写到一半的理由');
  await desk.page.context().clearCookies();
  await desk.press('Control+Enter');
  await desk.page.waitForSelector('#login');
  await desk.signIn('half', password);
  await desk.page.waitForSelector('#login', { state: 'detached' });
  assert.equal(await desk.page.inputValue('.decide textarea'), '写到一半的理由');
  await desk.leave();
});
