// What makes pages about rules and registers worth looking at: a whitelist row, published
// and withdrawn parameters, refused records, backtests that have ended.

const csv = (province, table, text, key) => province.send('PUT', `/v1/reference/${table}`, text, 'text/csv', key);

export async function watchAndKeep(province) {
  const { key } = await province.key({ roles: ['director', 'supervisor', 'officer'] });
  const { as_of } = await province.call('GET', '/v1/status');
  const day = (days) => new Date(Date.parse(as_of) + days * 86_400_000).toISOString().slice(0, 10);
  const [finding] = (await province.call('GET', '/v1/findings?rule=FEE-004&limit=1')).items;
  await csv(
    province,
    'whitelist',
    `whitelist_id,rule,institution_id,reason,owner,expires_on\nW202611,FEE-004,${finding.institution_id},多学科会诊需重复检查，已由医保与工伤联合核查确认,张主任,${day(60)}\nW202601,ADM-012,,节假日加床，按市局通知执行,李科长,${day(-40)}\n`,
  );
  const publish = (rule, set, more) => province.call('POST', `/v1/rules/${rule}/parameters`, { set, from: day(-60), reason: '按省局年度监管口径调整', ...more });
  await publish('ADM-001', { days: '10' }, { city: '太原市', until: day(120) });
  const { id } = await publish('ADM-001', { days: '14' }, { from: day(-30) });
  await province.call('DELETE', `/v1/rules/ADM-001/parameters/${id}?reason=${encodeURIComponent('口径有误，改按十日')}`);
  const hospital = await province.key({ institution_id: finding.institution_id });
  const at = `${day(-1)}T08:00:00+08:00`;
  const bad = [
    { kind: 'fee', record_id: 'BAD1', person_id: 'P1', stay_id: 'S1', occurred_at: at, item_code: 'X1' },
    { kind: 'fee', record_id: 'BAD2', person_id: 'P1', stay_id: 'S1', occurred_at: '2026-10-09 08:00', item_code: 'X1' },
    { kind: 'visit', record_id: 'BAD3', occurred_at: at },
  ];
  const lines = bad.map((record) => JSON.stringify({ institution_id: finding.institution_id, revision: 1, ...record }));
  await province.send('POST', '/v1/records', [...lines, '{"kind":"fee",'].join('\n') + '\n', 'application/x-ndjson', hospital.key);
  const tested = [];
  for (const request of [{ rule: 'ADM-012' }, { rule: 'ADM-001', set: { days: '30' } }, { rule: 'ADM-017', set: { persons: '2' } }]) {
    const started = await province.call('POST', '/v1/backtests', request, key);
    for (let b = started; ; await new Promise((resolve) => setTimeout(resolve, 300))) {
      if (b.state === 'done') {
        tested.push(b);
        break;
      }
      if (b.state !== 'queued' && b.state !== 'running') throw new Error(`a backtest ${b.state}: ${JSON.stringify(b)}`);
      b = await province.call('GET', `/v1/backtests/${b.backtest_id}`, undefined, key);
    }
  }
  const [{ physician_id: physician }] = (await province.call('GET', '/v1/physicians?sort=findings&limit=1', undefined, key)).items;
  return { key, tested, institution: finding.institution_id, physician };
}
