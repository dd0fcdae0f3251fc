// What an agency has done, told in calls of the API, so that pages about money and
// measures have something to show: findings told, explained and rejected, a month
// closed and paid, measures at every step, entries in registers.

const fields = (body) => ({ fields: body });

// agency makes the keys of people who work together.
export async function agency(province) {
  const people = {};
  for (const [name, roles] of Object.entries({ officer: ['officer'], reviewer: ['reviewer'], director: ['director'], clerk: ['clerk'], cashier: ['clerk'] })) {
    people[name] = await province.key({ roles });
  }
  return people;
}

const day = (instant, add = 0) => new Date(Date.parse(instant) + 8 * 3600_000 + add * 86_400_000).toISOString().slice(0, 10);

// happen lets an agency work: it gives what pages may be opened about.
export async function happen(province, people) {
  const by = (who, method, path, body) => province.call(method, path, body, people[who].key);
  const good = async (...call) => {
    const answer = await by(...call);
    if (answer?.status >= 400) throw new Error(`${call.slice(0, 3).join(' ')}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { as_of: now } = await good('officer', 'GET', '/v1/status');
  const month = day(now, -Number(day(now).slice(8, 10))).slice(0, 7); // the one before
  const told = await rejectSome(good, province);
  await settle(good, told.institution, month);
  const ended = await endYear(good, province, told.institution === 'H06' ? 'H05' : 'H06', Number(month.slice(0, 4)) - 1);
  const suspended = await measure(good, province, { institution_id: 'C01', measure: 'agreement_suspended', grounds: ['38.1'], months: 4, reason: '多次违规收费，对基金安全造成重大风险' }, now, 'in_force');
  const announced = await measure(good, province, { institution_id: 'H02', measure: 'interview', reason: '上报不及时，约谈法定代表人' }, now, 'announced');
  const proposed = await measure(good, province, { institution_id: 'H03', measure: 'agreement_suspended', grounds: ['38.2'], months: 3, reason: '拒不提供资料' }, now, 'proposed');
  const clue = await registers(good, now);
  const notices = await good('officer', 'GET', `/v1/notices?institution_id=${told.institution}&limit=1`);
  return { ...told, month, suspended, announced, proposed, clue, ended, notice: notices.items[0]?.notice_id };
}

// rejectSome tells the institution with most findings of fees; it explains, and most of it is rejected.
async function rejectSome(good, province) {
  const { items } = await good('officer', 'GET', '/v1/findings?state=open&severity=violation&sort=amount&limit=200');
  const fees = items.filter((f) => f.lines.some((l) => l.kind === 'fee' && l.role === 'violating' && l.institution_id === f.institution_id) && !f.suppressed_by);
  const per = fees.reduce((m, f) => m.set(f.institution_id, [...(m.get(f.institution_id) ?? []), f]), new Map());
  const [institution, mine] = [...per].sort((a, b) => b[1].length - a[1].length)[0];
  const { key: house } = await province.key({ institution_id: institution });
  const done = [];
  for (const f of mine.slice(0, 6)) {
    const path = `/v1/findings/${f.finding_id}`;
    let seen = await good('officer', 'POST', `${path}/decisions`, { action: 'notify', expected_revision: f.revision, facts_sha256: f.facts_sha256 });
    if (done.length === 5) break; // told, and not explained
    await province.call('POST', `${path}/statements`, { text: '经核对，系收费员录入错误，同意扣除。' }, house);
    seen = await good('officer', 'GET', path);
    let after = await good('officer', 'POST', `${path}/decisions`, { action: 'reject', reason: '违反收费规定，依据条款不予支付', expected_revision: seen.revision, facts_sha256: seen.facts_sha256 });
    if (after.proposed) {
      after = await good('reviewer', 'POST', `${path}/decisions`, { action: 'confirm', reason: '同意', expected_revision: after.revision, facts_sha256: after.facts_sha256 });
    }
    done.push(f.finding_id);
  }
  return { institution, rejected: done };
}

// settle closes a month by two people and leaves its payment to the second.
async function settle(good, institution, month) {
  const path = `/v1/settlements/${institution}/${month}`;
  await good('clerk', 'POST', `${path}/close`, {});
  await good('director', 'POST', `${path}/close`, {});
  await good('clerk', 'POST', `${path}/payments`, { action: 'propose', reference: 'BANK-2026-0117' });
}

// endYear closes the last month of a year and assesses it: its end can be proposed. Months
// after it can be closed in their order only.
async function endYear(good, province, institution, year) {
  for (const who of ['clerk', 'director']) await good(who, 'POST', `/v1/settlements/${institution}/${year}-12/close`, {});
  const loaded = await province.send('PUT', '/v1/reference/assessments', `institution_id,year,score,satisfaction\n${institution},${year},86.5,93\n`, 'text/csv');
  if (loaded.code) throw new Error(JSON.stringify(loaded));
  await good('clerk', 'POST', `/v1/year-ends/${institution}/${year}/close`, {});
  return { institution, year };
}

// measure takes a measure to a state.
async function measure(good, province, body, now, until) {
  let m = await good('officer', 'POST', '/v1/sanctions', body);
  const step = async (who, action, more = {}) => {
    m = await good(who, 'POST', `/v1/sanctions/${m.id}/decisions`, { action, reason: body.reason, expected_revision: m.revision, ...more });
  };
  if (until === 'announced') {
    await step('officer', 'announce', fields({ intent: '拟约谈贵院法定代表人，请说明上报迟延的原因。' }));
    return m.id;
  }
  await step('officer', 'propose');
  if (until === 'proposed') return m.id;
  await step('director', 'confirm', fields({ notice: '自通知之日起中止服务协议四个月。' }));
  await step('officer', 'serve', fields({ service: 'in_person', served_on: day(now), service_no: 'SD-0042' }));
  await step('officer', 'answer', fields({ answer: '接受处理，已开始整改。' }));
  return m.id;
}

// registers has an entry or more in each; it gives the clue that is looked into.
async function registers(good, now) {
  const open = (path, body) => good('officer', 'POST', path, { reason: '登记', ...body });
  const experts = [];
  for (const field of ['骨科', '康复', '收费管理']) {
    experts.push(await open('/v1/experts', fields({ name: '专家', field, city: '太原市', title: '主任医师', ...(field === '骨科' ? { conflicts: 'H01' } : {}) })));
  }
  await good('officer', 'POST', '/v1/inspections', {
    inspectors: experts.map((e) => ({ id: e.number })), draw: 2, each: 2, seed_source: '福利彩票双色球第2026137期', seed_on: day(now, 3), reason: '第四季度抽查',
  });
  const clue = await open('/v1/clues', { institution_id: 'H04', ...fields({ source: 'report', about: 'institution', subject: '举报挂床住院' }) });
  await good('officer', 'POST', `/v1/clues/${clue.id}/steps`, { action: 'inquire', reason: '现场核查', expected_revision: clue.revision, ...fields({ method: 'on_site' }) });
  await open('/v1/document-requests', { institution_id: 'H04', ...fields({ what: '出院患者病历原件', due_on: day(now, 2) }) });
  await open('/v1/rectifications', { institution_id: 'H05', ...fields({ what: '整改收费系统', due_on: day(now, 10) }) });
  await open('/v1/applications', { institution_id: 'H06', ...fields({ kind: 'rehab', received_on: day(now, -2), papers: 'application_form;licence' }) });
  await open('/v1/disputes', { institution_id: 'C01', ...fields({ about: 'sanction', route: 'administrative_review', claim: '请求减轻处理' }) });
  await open('/v1/changes', { institution_id: 'H02', ...fields({ what: 'name', approved_on: day(now, -20), details: '医院更名' }) });
  return clue.id;
}
