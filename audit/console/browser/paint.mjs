// Measures the queue with 100,000 real findings, from what somebody does to the paint that
// shows it. node browser/paint.mjs [findings]
import { sitDown, startBrowser } from './desk.mjs';
import { startEmpty } from './province.mjs';

const wanted = Number(process.argv[2] ?? 100_000);
const perPerson = 5;
const perUpload = 400;
const houses = Array.from({ length: 20 }, (_, i) => `H${String(i + 1).padStart(2, '0')}`);

// A stay with the same fee line twice at each of five moments is five findings.
function* stay(n, institution) {
  const id = String(n).padStart(5, '0');
  const at = (seconds) => new Date(Date.parse('2026-03-02T08:00:00+08:00') + seconds * 1000).toISOString();
  const of = { institution_id: institution, person_id: `P${id}`, stay_id: `S${id}` };
  yield { kind: 'admission', record_id: `A${id}`, revision: 1, occurred_at: at(0), class: 'inpatient', route: 'elective', department: '骨科', diagnoses: ['S82.0'], ...of };
  for (let i = 0; i < perPerson; i++) {
    const price = String(10 + ((n * 31 + i * 17) % 400));
    const fee = { kind: 'fee', revision: 1, occurred_at: at(600 + 60 * i), item_code: 'CT', item_name: 'CT 平扫', category: 'exam', quantity: '1', unit_price: price, amount: price, ...of };
    yield { ...fee, record_id: `F${id}-${i}-1` };
    yield { ...fee, record_id: `F${id}-${i}-2` };
  }
}

// Nobody waits for findings that do not come: what was refused is told.
async function fill(server) {
  const rows = houses.map((id) => JSON.stringify({ institution_id: id, name: `第${id}医院`, level: '3', city: '太原', kind: 'medical', face_required: 'false' }));
  const loaded = await server.send('PUT', '/v1/reference/institutions', rows.join('\n'), 'application/x-ndjson');
  if (loaded.code) throw new Error(JSON.stringify(loaded));
  const keys = await Promise.all(houses.map(async (id) => (await server.key({ institution_id: id })).key));
  const stays = wanted / perPerson;
  for (let n = 0, house = 0; n < stays; n += perUpload, house = (house + 1) % houses.length) {
    const lines = [];
    for (let k = n; k < Math.min(n + perUpload, stays); k++) for (const record of stay(k, houses[house])) lines.push(JSON.stringify(record));
    await server.upload(keys[house], lines);
  }
  for (let resting = 0; ; await new Promise((r) => setTimeout(r, 1000))) {
    const { findings } = await server.call('GET', '/v1/findings/counts?rule=FEE-001');
    process.stderr.write(`\r${findings} of ${wanted} findings`);
    const { idle } = await server.call('GET', '/v1/status');
    resting = idle ? resting + 1 : 0;
    if (findings >= wanted && resting > 2) break;
    const refused = (await server.call('GET', '/v1/quarantine?limit=1')).items;
    if (refused.length > 0 || resting > 30) throw new Error(`no more findings come: ${JSON.stringify(refused)}`);
  }
  process.stderr.write('\n');
}

const at = (values, share) => Math.round([...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]);
const print = (what, values) => console.log(`${`${what}, ${values.length} times`.padEnd(58)} p50 ${at(values, 0.5)} ms   p95 ${at(values, 0.95)} ms   most ${at(values, 1)} ms`);

// firstPaint opens the queue anew; the browser counts from the moment it goes there.
async function firstPaint({ page, go }, address) {
  await go(address);
  const painted = await page.waitForFunction(() => document.querySelector('.rows-body .row:not(.coming)') && performance.now());
  return painted.jsonValue();
}

// keys are pressed one after the other; the browser itself says how long each took to its paint.
async function keysToPaint({ page, press }, presses) {
  await page.evaluate(() => {
    window.presses = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') window.presses.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 });
  });
  for (let i = 0; i < presses; i++) await press(i % 10 === 9 ? 'x' : 'j');
  await page.waitForTimeout(500);
  // Under the 16 ms of the threshold the browser does not say how long: they count as 16.
  const slow = await page.evaluate(() => window.presses);
  return [...slow, ...Array(Math.max(0, presses - slow.length)).fill(16)];
}

// jumpTo scrolls to a row as the bar is dragged, and waits until every row on the screen is there.
const jumpTo = ({ page }, row) =>
  page.evaluate(async (row) => {
    const rows = document.querySelector('.rows');
    const began = performance.now();
    rows.scrollTop = 34 * row;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const there = () => {
      const { top, bottom } = rows.getBoundingClientRect();
      const shown = [...rows.querySelectorAll('.rows-body .row')].filter((row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom);
      return shown.length > 0 && shown.every((row) => !row.classList.contains('coming'));
    };
    do await frame();
    while (!there());
    await frame(); // what was drawn is painted
    return performance.now() - began;
  }, row);

// caseToPaint opens the case under the key and goes back.
async function caseToPaint({ page, press, rows }) {
  await press('j');
  await page.evaluate(() => (window.began = performance.now()));
  await press('Enter');
  const painted = await page.waitForFunction(() => document.querySelector('.history') && performance.now() - window.began);
  await press('Escape');
  await rows('.current').waitFor();
  return painted.jsonValue();
}

const frames = ({ page }) =>
  page.evaluate(async () => {
    const rows = document.querySelector('.rows');
    const gaps = [];
    let last = performance.now();
    for (const until = last + 10_000; last < until; rows.scrollTop += 340) { // ten rows a frame
      const now = await new Promise((resolve) => requestAnimationFrame(resolve));
      gaps.push(now - last);
      last = now;
    }
    return gaps.slice(5);
  });

const times = async (n, act) => {
  const all = [];
  for (let i = 0; i < n; i++) all.push(await act(i));
  return all;
};

async function measure(url, key) {
  const browser = await startBrowser();
  try {
    const desk = await sitDown(browser, url, key);
    const queue = '/findings?rule=FEE-001&sort=amount';
    print('the queue opens', await times(10, () => firstPaint(desk, queue)));
    print('a key', await keysToPaint(desk, 400));
    print('a case opens', await times(20, () => caseToPaint(desk)));
    await firstPaint(desk, queue);
    print('between frames while scrolling ten rows a frame', await frames(desk));
    await firstPaint(desk, queue);
    print('ahead by 1,000 rows that are not read', await times(8, (i) => jumpTo(desk, 1000 * (i + 1))));
    print('to any of the rows that are read', await times(40, (i) => jumpTo(desk, 200 * ((i * 7 + 3) % 40))));
    print('a key, with 8,000 rows read', await keysToPaint(desk, 200));
  } finally {
    await browser.close();
  }
}

const server = await startEmpty();
try {
  await fill(server);
  const { key } = await server.key({ roles: ['officer'] });
  await measure(server.url, key);
} finally {
  await server.stop();
}
