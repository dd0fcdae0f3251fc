// Two small hospitals that charge twice for what was done once, on a server whose clock
// goes by what is uploaded: findings come, terms pass and facts go when a test says so.
import { startEmpty } from './province.mjs';

const reference = {
  institutions: 'institution_id,name,kind,level,city,beds,face_required\nH1,第一医院,medical,3,太原市,100,false\nH2,第二医院,medical,2,大同市,50,false\n',
  agreements: 'institution_id,kind,from,agreement_id,status\nH1,medical,2020-01-01,AG-1,active\nH2,medical,2020-01-01,AG-2,active\n',
  items:
    'item_code,region,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required,price_cap_1,price_cap_2,price_cap_3,non_injury\n' +
    'LAB1,,2020-01-01,血常规,lab,each,true,false,false,false,false,20,20,20,false\n',
  laws: 'law_id,valid_from,title,valid_until,source\nshanxi-2022-measures,2022-08-08,办法,,text\n',
  calendar: 'day,working,source\n' + Array.from({ length: 31 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')},${(i + 6) % 7 < 5},test\n`).join(''),
};

const line = (fields) => JSON.stringify(fields);
const of = (n, kind, id, at, more) => line({ kind, record_id: id, person_id: `P${n}`, stay_id: `S${n}`, occurred_at: `2026-03-${at}:00+08:00`, ...more });
const fee = (n, id, more = {}) =>
  of(n, 'fee', id, '02T09:00', { item_code: 'LAB1', item_name: '血常规', category: 'lab', quantity: '1', unit_price: '12.50', amount: '12.50', ...more });

// stay is a stay in which one examination is charged twice.
const stay = (n) => [
  of(n, 'admission', `A${n}`, '02T08:00', { class: 'inpatient', route: 'elective', department: 'D', diagnoses: ['S82.0'] }),
  of(n, 'order', `O${n}`, '02T08:10', { class: 'lab', item_code: 'LAB1', physician_id: 'D1', times_per_day: '9', days: 30 }),
  fee(n, `F${n}-1`),
  fee(n, `F${n}-2`),
];

export async function startClinic(start = startEmpty) {
  const server = await start();
  try {
    for (const [table, csv] of Object.entries(reference)) {
      const answer = await server.call('PUT', `/v1/reference/${table}`, csv, undefined, 'text/csv');
      if (answer.status >= 400) throw new Error(JSON.stringify(answer));
    }
    const keys = { officer: await server.key({ roles: ['officer'] }), H1: await server.key({ institution_id: 'H1' }), H2: await server.key({ institution_id: 'H2' }) };
    const upload = (house, lines) => server.call('POST', '/v1/records?wait=20', lines.join('\n'), keys[house].key, 'application/x-ndjson');
    const idle = async () => {
      for (let tries = 0; !(await server.call('GET', '/v1/status')).idle; tries++) {
        if (tries > 900) throw new Error('the server does not come to rest');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await upload('H1', [1, 2, 3, 4, 5, 6].flatMap(stay));
    await upload('H2', [11, 12].flatMap(stay));
    await idle();
    const finding = async (n) => (await server.call('GET', `/v1/findings?rule=FEE-001&stay_id=S${n}`)).items[0];
    const decide = async (n, action, more = {}) => {
      const seen = await finding(n);
      return server.call('POST', `/v1/findings/${seen.finding_id}/decisions`, { action, expected_revision: seen.revision, facts_sha256: seen.facts_sha256, ...more }, keys.officer.key);
    };
    return {
      ...server,
      keys,
      finding,
      decide,
      upload,
      // refund takes back the second of the two charges: there was but one.
      async refund(house, n) {
        await upload(house, [fee(n, `R${n}`, { quantity: '-1', amount: '-12.50', reverses: `F${n}-2` })]);
        await idle();
      },
      // pass lets time go on to a day of March 2026.
      async pass(day) {
        await upload('H2', [of(99, 'care_record', `C${day}`, `${day}T08:00`, { type: 'round' })]);
        await idle();
      },
      // account makes somebody who signs in with a password.
      async account(login, rights) {
        const { link } = await server.call('POST', '/v1/accounts', { login, name: login, ...rights });
        const password = 'correct horse battery';
        const answer = await fetch(`${server.url}/v1/session/link`, {
          method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ link: link.split('#')[1], password }),
        });
        if (!answer.ok) throw new Error(await answer.text());
        return { login, password, account: await answer.json() };
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
