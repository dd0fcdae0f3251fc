import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { sitDown, startBrowser } from './desk.mjs';
import { agency, happen } from './history.mjs';
import { startProvince } from './province.mjs';

let province;
let browser;
let people;
let told;

before(async () => {
  [province, browser] = await Promise.all([startProvince(), startBrowser()]);
  people = await agency(province);
  told = await happen(province, people);
});
after(async () => {
  await browser?.close();
  await province?.stop();
});

const desk = (who) => sitDown(browser, province.url, people[who].key);

// choose takes an option of a field of a form.
async function choose(page, field, option) {
  await page.locator(`#${field}`).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).first().click();
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const inDialog = (page, name) => page.locator('.ant-modal-footer').getByRole('button', { name, exact: true });

test('a suspension takes two persons, and the agreement shows it', async () => {
  const one = await desk('officer');
  await one.go('/sanctions');
  await one.page.getByRole('button', { name: '新增' }).click();
  await choose(one.page, 'step-institution', 'H06');
  await choose(one.page, 'step-measure', '中止协议');
  await choose(one.page, 'step-grounds', '第 38 条（1）');
  await one.page.keyboard.press('Escape');
  await one.page.fill('#step-months', '3');
  await one.page.fill('#step-reason', '违规收费数额较大');
  await inDialog(one.page, '新增：处理措施').click();
  await one.page.waitForURL(/sanctions\/m_/);
  await button(one.page, '提出处理意见').click();
  await one.page.fill('#step-reason', '建议中止三个月');
  await inDialog(one.page, '提出处理意见').click();
  await one.page.getByText('须由另一人复核；您可以撤回').waitFor();
  assert.equal(await button(one.page, '复核同意').count(), 0, 'who proposed may confirm');

  const other = await desk('director');
  await other.go(new URL(one.page.url()).pathname);
  await button(other.page, '复核同意').click();
  await other.page.fill('#step-reason', '同意');
  await other.page.fill('#step-notice', '自通知之日起中止服务协议三个月。');
  await inDialog(other.page, '复核同意').click();
  await other.page.locator('h1 .ant-tag', { hasText: '执行中' }).waitFor();
  await other.go('/agreements?institution=H06');
  await other.page.locator('.ant-table-row .ant-tag', { hasText: '中止' }).waitFor();
  await other.page.locator('.axis-span').first().waitFor();
  assert.deepEqual([...one.faults, ...other.faults], []);
  await one.leave();
  await other.leave();
});

test('a list that is downloaded is what the API has, byte for byte', async () => {
  const clerk = await desk('clerk');
  await clerk.go(`/rejections/${told.institution}/${told.month}`);
  await clerk.page.locator('.ant-table-row').first().waitFor();
  for (const format of ['pdf', 'xlsx', 'csv', 'json']) {
    const [download] = await Promise.all([clerk.page.waitForEvent('download'), button(clerk.page, `download ${format.toUpperCase()}`).click()]);
    const path = `/v1/rejections?institution_id=${told.institution}&month=${told.month}&format=${format}`;
    const answer = await fetch(province.url + path, { headers: { Authorization: `Bearer ${people.clerk.key}` } });
    const expected = Buffer.from(await answer.arrayBuffer());
    assert.ok(expected.length > 0 && answer.ok);
    assert.ok(expected.equals(await readFile(await download.path())), `${format} differs`);
    assert.equal(download.suggestedFilename(), `rejections-${told.institution}-${told.month}.${format}`);
  }
  // Why was this fee rejected: the line leads to its finding.
  await clerk.page.locator('.ant-table-row a').first().click();
  await clerk.page.waitForURL(/findings\/f_/);
  await clerk.page.waitForSelector('.history');
  await clerk.leave();
});

test('a settlement is closed by two', async () => {
  const path = `/settlements/H01/${told.month}`;
  const clerk = await desk('clerk');
  await clerk.go(path);
  await button(clerk.page, '提交结算').click();
  await inDialog(clerk.page, '提交结算').click();
  await clerk.page.getByText('须由另一人复核').waitFor();
  assert.equal(await button(clerk.page, '复核并关账').isDisabled(), true, 'who proposed may close');

  const cashier = await desk('cashier');
  await cashier.go(path);
  await button(cashier.page, '复核并关账').click();
  await inDialog(cashier.page, '复核并关账').click();
  await cashier.page.locator('h1 .ant-tag', { hasText: '已关账' }).waitFor();
  const settled = await province.call('GET', `/v1/settlements?institution_id=H01&month=${told.month}`, undefined, people.clerk.key);
  assert.equal(settled.state, 'closed');
  assert.equal(settled.closed.by, people.cashier.key_id);
  assert.deepEqual([...clerk.faults, ...cashier.faults], []);
  await clerk.leave();
  await cashier.leave();
});
