import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startClinic } from './clinic.mjs';
import { sitDown, startBrowser } from './desk.mjs';

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

const say = '.answer textarea';

test('a hospital answers with an attachment, and the officer reads both', async () => {
  await clinic.decide(1, 'notify', { reason: '同一时间两笔血常规' });
  const { finding_id: id } = await clinic.finding(1);
  const hospital = await sitDown(browser, clinic.url, clinic.keys.H1.key);
  await hospital.go('/');
  await hospital.page.waitForURL(/\/our$/);
  await hospital.page.locator(`a[href="/our/findings/${id}"]`).first().click();
  await hospital.page.fill(say, '两次抽血，见检验报告。');
  await hospital.page.setInputFiles('.answer input[type=file]', { name: '程序.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
  await hospital.page.waitForSelector('.answer .refusal'); // says what to do
  await hospital.page.setInputFiles('.answer input[type=file]', { name: '检验报告.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%of the test\n') });
  await hospital.page.waitForSelector('.answer li:has-text("检验报告.pdf")');
  await hospital.page.click('.answer button[type=submit]');
  await hospital.page.waitForSelector('.given li');
  assert.equal(await hospital.page.locator(say).count(), 0, 'a statement is given once');
  assert.deepEqual(hospital.faults, []);
  await hospital.leave();

  const officer = await sitDown(browser, clinic.url, clinic.keys.officer.key);
  await officer.go(`/findings/${id}`);
  await officer.page.waitForSelector('.history blockquote:has-text("两次抽血，见检验报告。")');
  const [download] = await Promise.all([officer.page.waitForEvent('download'), officer.page.locator('.history .anticon-paper-clip').first().click()]);
  const { readFileSync } = await import('node:fs');
  assert.equal(readFileSync(await download.path(), 'utf8'), '%PDF-1.4\n%of the test\n');
  assert.deepEqual(officer.faults, []);
  await officer.leave();
});

test('what hospital B was told, hospital A can neither list nor reach', async () => {
  await clinic.decide(11, 'notify');
  const { finding_id: id } = await clinic.finding(11);
  const [notice] = (await clinic.call('GET', '/v1/notices', undefined, clinic.keys.H2.key)).items;
  const file = await clinic.call('PUT', '/v1/attachments', '%PDF-1.4\n%of B\n', clinic.keys.H2.key, 'application/pdf');
  await clinic.call('POST', `/v1/findings/${id}/statements`, { text: 'B 的说明', attachments: [file.sha256] }, clinic.keys.H2.key);
  const { receipt_id: receipt } = await clinic.upload('H2', ['{"kind":"fee","record_id":"B-secret"}']);
  const desk = await sitDown(browser, clinic.url, clinic.keys.H1.key);
  for (const path of ['/our', '/our/findings', '/our/notices', '/our/deadlines', '/our/refused', '/our/receipts']) {
    await desk.go(path);
    await desk.page.waitForSelector('.page h1');
    await desk.page.waitForTimeout(800); // what is read has come
    const shown = await desk.page.locator('body').innerText();
    for (const word of [id, 'S11', 'P11', 'B-secret', '第二医院', 'B 的说明']) assert.ok(!shown.includes(word), `${path} shows ${word}`);
  }
  for (const path of [`/our/findings/${id}`, `/findings/${id}`, `/our/notices/${notice.notice_id}`, `/our/receipts/${receipt}`]) {
    await desk.go(path);
    await desk.page.waitForSelector('.notice code:has-text("not_found")');
  }
  const get = async (path) => (await fetch(clinic.url + path, { headers: { Authorization: `Bearer ${clinic.keys.H1.key}` } })).status;
  const shut = {
    [`/v1/findings/${id}/evidence`]: 403, [`/v1/notices/${notice.notice_id}?format=pdf`]: 404, [`/v1/attachments/${file.sha256}`]: 404, [`/v1/receipts/${receipt}`]: 404,
    '/v1/stays/H2/S11': 403, '/v1/rejections?institution_id=H2&month=2026-03': 403, '/v1/settlements?institution_id=H2&month=2026-03': 403,
    '/v1/notices?institution_id=H2': 403, '/v1/deadlines?institution_id=H2': 403, '/v1/receipts?institution_id=H2': 403,
    '/v1/uploads/health?institution_id=H2': 403, '/v1/agreements?institution_id=H2': 403, '/v1/reference/institutions': 403, '/v1/journal': 403,
  };
  assert.deepEqual(Object.fromEntries(await Promise.all(Object.keys(shut).map(async (path) => [path, await get(path)]))), shut);
  for (const list of ['findings', 'quarantine']) {
    const { items } = await clinic.call('GET', `/v1/${list}?institution_id=H2`, undefined, clinic.keys.H1.key);
    assert.deepEqual(items.filter((item) => item.institution_id !== 'H1'), []);
  }
  await desk.leave();
});

test('a session that ends in the middle of a statement loses no text', async () => {
  await clinic.decide(2, 'notify');
  const { finding_id: id } = await clinic.finding(2);
  const person = await clinic.account('yibaoban', { institution_id: 'H1' });
  const desk = await sitDown(browser, clinic.url, '');
  await desk.go(`/our/findings/${id}`);
  await desk.page.waitForSelector('#login');
  await desk.signIn(person.login, person.password);
  await desk.page.fill(say, '写到一半的说明');
  await desk.page.context().clearCookies();
  await desk.page.click('.answer button[type=submit]');
  await desk.page.waitForSelector('#login');
  await desk.signIn(person.login, person.password);
  await desk.page.waitForSelector('#login', { state: 'detached' });
  assert.equal(await desk.page.inputValue(say), '写到一半的说明');
  await desk.page.reload();
  await desk.page.waitForSelector(say);
  assert.equal(await desk.page.inputValue(say), '写到一半的说明', 'and a page that is loaded anew has it too');
  await desk.page.click('.answer button[type=submit]');
  await desk.page.waitForSelector('.given li');
  await desk.leave();
});

test('what is refused says what to mend', async () => {
  const { receipt_id: receipt } = await clinic.upload('H1', [
    '{"kind":"fee","record_id":"BAD1","person_id":"P1","stay_id":"S1","occurred_at":"2026-03-02 09:00","item_code":"LAB1"}', '{"kind":"fee",', 
  ]);
  const desk = await sitDown(browser, clinic.url, clinic.keys.H1.key);
  await desk.go(`/our/receipts/${receipt}`);
  await desk.page.waitForSelector('.mend:has-text("时间须带时区")');
  await desk.page.waitForSelector('.mend:has-text("引号、逗号和括号")');
  await desk.go(`/our/refused?receipt=${receipt}&code=syntax`);
  await desk.page.locator('.ant-table-row-expand-icon').first().click();
  await desk.page.waitForSelector('.original:has-text("{\\"kind\\":\\"fee\\",")');
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('a file is checked before it is sent, and nothing of it is kept', async () => {
  const desk = await sitDown(browser, clinic.url, clinic.keys.H1.key, { language: 'en' });
  const before = (await clinic.call('GET', '/v1/status')).records.stored;
  await desk.go('/our/check');
  const csv = (rows) => ({ name: 'fees.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  const choose = async (file) => desk.page.setInputFiles('.ant-upload input[type=file]', file);
  await choose(csv(['record_id', 'X']));
  await desk.page.waitForSelector('.refusal:has-text("kind")');
  await choose(
    csv([
      'kind,record_id,person_id,stay_id,occurred_at,item_code,item_name,category,quantity,unit_price,amount',
      'fee,N1,P6,S6,2026-03-02T10:00:00+08:00,LAB1,x,lab,1,30.00,30.00',
      'fee,N2,P6,S6,2026-03-02T10:00:00+08:00,LAB1,x,lab,1,30.00,99.00',
    ]),
  );
  await desk.page.waitForSelector('.mend:has-text("Check quantity, price and amount")');
  await desk.page.waitForSelector('.code:has-text("FEE-007")');
  assert.equal((await clinic.call('GET', '/v1/status')).records.stored, before);
  assert.deepEqual(desk.faults, []);
  await desk.leave();
});

test('a finding is retracted while both sides look at it', async () => {
  await clinic.decide(3, 'notify');
  const { finding_id: id } = await clinic.finding(3);
  const hospital = await sitDown(browser, clinic.url, clinic.keys.H1.key);
  const officer = await sitDown(browser, clinic.url, clinic.keys.officer.key);
  await hospital.go(`/our/findings/${id}`);
  await officer.go(`/findings/${id}`);
  await hospital.page.fill(say, '已退费');
  await officer.page.waitForSelector('.finding .state.notified');
  await officer.page.waitForSelector('.live:not(.cut)');
  await hospital.page.waitForSelector('.live:not(.cut)');
  await clinic.refund('H1', 3);
  await officer.page.waitForSelector('.finding .state.retracted');
  await hospital.page.waitForSelector('.page-head .state.retracted');
  await hospital.page.waitForSelector('.answer:has-text("已撤回")');
  assert.equal(await hospital.page.locator(say).count(), 0, 'there is nothing to explain');
  await Promise.all([hospital.leave(), officer.leave()]);
});

// The last, for time does not go back.
test('a term passes without an answer: both sides see it, and nothing is rejected by itself', async () => {
  await clinic.decide(4, 'notify');
  const { finding_id: id } = await clinic.finding(4);
  const hospital = await sitDown(browser, clinic.url, clinic.keys.H1.key);
  await hospital.go(`/our/findings/${id}`);
  await hospital.page.waitForSelector(say);
  await clinic.pass('20');
  await hospital.go('/our');
  await hospital.page.locator('.tile.urgent').waitFor();
  await hospital.go(`/our/findings/${id}`);
  await hospital.page.waitForSelector('.page-head .state.lapsed');
  assert.equal(await hospital.page.locator(say).count(), 0);
  const officer = await sitDown(browser, clinic.url, clinic.keys.officer.key);
  await officer.go('/findings?state=lapsed');
  await officer.rows().first().waitFor();
  await officer.go(`/findings/${id}`);
  await officer.page.waitForSelector('.finding .state.lapsed');
  const list = await clinic.call('GET', '/v1/rejections?institution_id=H1&month=2026-03');
  assert.deepEqual(list.items.filter((item) => item.finding_id === id), []);
  await Promise.all([hospital.leave(), officer.leave()]);
});
