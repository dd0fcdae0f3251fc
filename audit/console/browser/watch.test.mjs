import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sitDown, startBrowser } from './desk.mjs';
import { startProvince } from './province.mjs';
import { watchAndKeep } from './watched.mjs';

let province;
let browser;
let made;
let keeper;

before(async () => {
  [province, browser] = await Promise.all([startProvince(), startBrowser()]);
  made = await watchAndKeep(province);
  keeper = (await province.key({ roles: ['director', 'officer', 'supervisor', 'administrator'] })).key;
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const sit = (key = keeper) => sitDown(browser, province.url, key, { language: 'en' });

test('parameters are published with a reason, and withdrawn', async () => {
  const desk = await sit();
  await desk.go('/rules/RX-001?tab=parameters');
  await desk.page.getByRole('button', { name: 'Publish' }).click();
  const form = desk.page.locator('.ant-modal');
  await form.locator('input[placeholder]').first().fill('9999');
  await form.locator('textarea').fill('the year that was ordered');
  await form.locator('.ant-btn-primary').click();
  await form.locator('.refusal').waitFor(); // out of range, and what was typed stays
  assert.equal(await form.locator('textarea').inputValue(), 'the year that was ordered');
  await form.locator('input[placeholder]').first().fill('40');
  await form.locator('.ant-btn-primary').click();
  await form.waitFor({ state: 'detached' });
  const { published } = await province.call('GET', '/v1/rules/RX-001');
  assert.deepEqual(published.map((p) => [p.value, p.reason, p.withdrawn_at]), [['40', 'the year that was ordered', null]]);
  await desk.page.getByRole('button', { name: 'Withdraw' }).click();
  assert.ok(await form.locator('.ant-btn-primary').isDisabled()); // not without a reason
  await form.locator('textarea').fill('not ordered after all');
  await form.locator('.ant-btn-primary').click();
  await desk.page.getByText('Withdrawn', { exact: true }).waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('a backtest is asked for in the form and its result is that of the API', async () => {
  const desk = await sit();
  await desk.go('/backtests?rule=ADM-017');
  await desk.page.fill('#set_persons', '2');
  await desk.page.locator('.ant-modal .ant-btn-primary').click();
  await desk.page.waitForURL(/backtests\/b_/);
  await desk.page.locator('.chart svg').waitFor({ timeout: 60_000 });
  const { result } = await province.call('GET', `/v1/backtests/${desk.page.url().split('/').at(-1)}`, undefined, made.key);
  const shown = await desk.page.getByRole('tab', { name: /Only now/ }).textContent();
  assert.ok(result.only_now.findings > 0);
  assert.equal(shown, `Only now ${result.only_now.findings}`);
  assert.equal(result.by_month.reduce((n, m) => n + m.only_now, 0), result.only_now.findings);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('a faulty file changes nothing and names its lines; a good one is loaded and its row withdrawn', async () => {
  const desk = await sit();
  await desk.go('/tables/agencies');
  await desk.page.getByRole('button', { name: 'Load a file' }).click();
  const form = desk.page.locator('.ant-modal');
  await form.locator('textarea').fill('agency_id,city,name\nA8,长治市,经办中心\nA9,,\n');
  await form.locator('.ant-btn-primary').click();
  await form.locator('.ant-table-row').first().waitFor();
  assert.match(await form.locator('.ant-table-row').first().textContent(), /^3City/);
  const rows = async () => (await province.call('GET', '/v1/reference/agencies')).items.map((i) => i.row.agency_id);
  assert.ok(!(await rows()).includes('A8'));
  await form.locator('textarea').fill('agency_id,city,name\nA8,长治市,经办中心\n');
  await form.locator('.ant-btn-primary').click();
  await form.locator('.ant-alert-success').waitFor();
  assert.ok((await rows()).includes('A8'));
  await form.locator('.ant-btn-primary').click();
  const row = desk.page.locator('.ant-table-row', { hasText: 'A8' });
  await row.getByRole('button', { name: 'Withdraw' }).click();
  await form.locator('.ant-btn-primary').click();
  await row.waitFor({ state: 'detached' });
  assert.ok(!(await rows()).includes('A8'));
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('an entry is proven in the browser; a changed one is not', async () => {
  const desk = await sit();
  await desk.go('/journal');
  await desk.page.getByRole('button', { name: /^Prove/ }).nth(1).click();
  await desk.page.locator('.ant-modal .ant-alert-success').waitFor();
  await desk.page.route('**/v1/journal?*', async (route) => {
    const answer = await (await route.fetch()).json();
    for (const item of answer.items) item.entry = item.entry.replace('"seq":', '"seq": ');
    await route.fulfill({ json: answer });
  });
  await desk.go('/journal');
  await desk.page.getByRole('button', { name: /^Prove/ }).nth(1).click();
  await desk.page.locator('.ant-modal .ant-alert-error').waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('an officer reads, and is offered nothing that is not theirs', async () => {
  const { key } = await province.key({ roles: ['officer'] });
  const desk = await sit(key);
  for (const path of ['/whitelist', '/tables/institutions', '/rules/ADM-001?tab=parameters']) {
    await desk.go(path);
    await desk.page.locator('.ant-table-row').first().waitFor();
    assert.equal(await desk.page.getByRole('button', { name: /Withdraw|Publish|New row|Load a file/ }).count(), 0, path);
  }
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('a case names its physician, and the queue shows that physician alone', async () => {
  const desk = await sit();
  const [finding] = (await province.call('GET', '/v1/findings?rule=FEE-007&limit=1')).items;
  await desk.go(`/findings/${finding.finding_id}`);
  const link = desk.page.locator('.neighbours a', { hasText: 'All of physician' });
  await link.waitFor();
  const [, physician] = /physician (\S+)/.exec(await link.textContent());
  await link.click();
  await desk.rows().first().waitFor();
  const counts = await province.call('GET', `/v1/findings/counts?physician_id=${encodeURIComponent(physician)}`);
  assert.equal(await desk.page.locator('.total').textContent(), `${counts.findings} ${counts.findings === 1 ? 'finding' : 'findings'}, ${new Intl.NumberFormat('en', { minimumFractionDigits: 2 }).format(counts.amount)} yuan at issue`);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});
