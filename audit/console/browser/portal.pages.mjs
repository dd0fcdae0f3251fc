// The pages of an institution, for looks.test.mjs. It has been told of something, has
// explained, was rejected, and waits to explain more.

let told;

async function tell(province) {
  const institution = 'H02';
  const officer = await province.key({ roles: ['officer'] });
  const reviewer = await province.key({ roles: ['reviewer'] });
  const { key } = await province.key({ institution_id: institution });
  const { items } = await province.call('GET', `/v1/findings?institution_id=${institution}&state=open&sort=amount&suppressed=false&limit=200`);
  const fees = items.filter((f) => f.rule !== 'ADM-001' && f.lines.some((l) => l.role === 'violating' && l.institution_id === institution));
  const decide = (by, f, action) =>
    province.call('POST', `/v1/findings/${f.finding_id}/decisions`, { action, reason: '请说明', expected_revision: f.revision, facts_sha256: f.facts_sha256 }, by.key);
  const some = [];
  for (const one of fees.slice(0, 5)) {
    const now = await decide(officer, one, 'notify');
    if (now.finding_id) some.push(now);
  }
  const path = `/v1/findings/${some[1].finding_id}`;
  await province.call('POST', `${path}/statements`, { text: '经核对，系收费员录入错误。' }, key);
  const after = await decide(officer, await province.call('GET', path), 'reject');
  if (after.proposed) await decide(reviewer, after, 'confirm');
  const bad = await fetch(`${province.url}/v1/records?wait=20`, {
    method: 'POST', headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-ndjson' },
    body: '{"kind":"fee","record_id":"BAD1","person_id":"P1","stay_id":"S1","occurred_at":"2026-03-02 09:00"}\n{"kind":"fee",\n{"kind":"fees","record_id":"BAD2"}\n',
  });
  const notices = await province.call('GET', `/v1/notices?limit=1000`, undefined, key);
  return { key, notified: some[0].finding_id, rejected: some[1].finding_id, receipt: (await bad.json()).receipt_id, notice: notices.items.at(-1).notice_id };
}

const from = (path, shows, more = {}) => ({
  key: async (province) => (await (told ??= tell(province))).key,
  open: async (province) => path(await (told ??= tell(province))),
  shows,
  ...more,
});

export const pages = {
  our: from(() => '/our', '.ant-table'),
  'our-findings': from(() => '/our/findings', '.ant-table'),
  'our-finding': from((t) => `/our/findings/${t.notified}`, '.answer textarea'),
  'our-appeal': from((t) => `/our/findings/${t.rejected}`, '.given'),
  'our-notices': from(() => '/our/notices', '.ant-table'),
  'our-notice': from((t) => `/our/notices/${t.notice}`, '.ant-table'),
  'our-deadlines': from(() => '/our/deadlines', '.ant-table'),
  'our-affairs': from(() => '/our/affairs', '.ant-table'),
  'our-lists': from(() => '/our/lists', '.page-head'),
  'our-settlements': from(() => '/our/settlements', '.page-head'),
  'our-years': from(() => '/our/years', '.nothing'),
  'our-receipts': from(() => '/our/receipts', '.ant-table'),
  'our-receipt': from((t) => `/our/receipts/${t.receipt}`, '.mend'),
  'our-refused': from(() => '/our/refused', '.mend'),
  'our-health': from(() => '/our/health', '.section'),
  'our-check': from(() => '/our/check', '.ant-upload-drag'),
  handbook: from(() => '/handbook', '.ant-table'),
  'handbook-rule': from(() => '/handbook/FEE-007', '.rule-body article'),
};
