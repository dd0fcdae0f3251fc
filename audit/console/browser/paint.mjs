// Measures the queue with 100,000 real findings: how long after a key the screen shows
// what it did, and how evenly it scrolls. node browser/paint.mjs [findings]
import { sitDown, startBrowser } from './desk.mjs';
import { startEmpty } from './province.mjs';

const wanted = Number(process.argv[2] ?? 100_000);
const perPerson = 100;
const institution = 'H01';

// A stay with the same fee line twice in each of a hundred seconds is a hundred findings.
function* stay(n) {
  const id = String(n).padStart(5, '0');
  const at = (seconds) => new Date(Date.parse('2026-03-02T08:00:00+08:00') + seconds * 1000).toISOString();
  const of = { institution_id: institution, person_id: `P${id}`, stay_id: `S${id}` };
  yield { kind: 'admission', record_id: `A${id}`, revision: 1, occurred_at: at(0), class: 'inpatient', route: 'elective', department: '骨科', ward: '一病区', bed: '1', ...of };
  for (let i = 0; i < perPerson; i++) {
    const price = String(10 + ((n * 31 + i * 17) % 400));
    const fee = { kind: 'fee', revision: 1, occurred_at: at(600 + 60 * i), item_code: 'CT', item_name: 'CT 平扫', category: 'exam', quantity: '1', unit_price: price, amount: price, ...of };
    yield { ...fee, record_id: `F${id}-${i}-1` };
    yield { ...fee, record_id: `F${id}-${i}-2` };
  }
}

const server = await startEmpty();
const browser = await startBrowser();
try {
  const loaded = await fetch(`${server.url}/v1/reference/institutions`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${server.admin}`, 'Content-Type': 'application/x-ndjson' },
    body: JSON.stringify({ institution_id: institution, name: '第一人民医院', level: '3', city: '太原', kind: 'medical', face_required: 'false' }),
  });
  if (!loaded.ok) throw new Error(await loaded.text());
  const { key: hospital } = await server.key({ institution_id: institution });
  const { key: officer } = await server.key({ roles: ['officer'] });
  for (let n = 0; n < wanted / perPerson; n += 20) {
    const lines = [];
    for (let k = n; k < Math.min(n + 20, wanted / perPerson); k++) for (const record of stay(k)) lines.push(JSON.stringify(record));
    await server.upload(hospital, lines);
  }
  for (let held = 0; held < wanted; await new Promise((r) => setTimeout(r, 2000))) {
    held = (await server.call('GET', '/v1/findings/counts?rule=FEE-001')).findings;
    process.stderr.write(`\r${held} of ${wanted} findings`);
  }
  process.stderr.write('\n');

  const desk = await sitDown(browser, server.url, officer);
  const began = Date.now();
  await desk.go('/findings?rule=FEE-001&sort=amount');
  await desk.rows().first().waitFor();
  const opened = Date.now() - began;
  await desk.page.evaluate(() => {
    window.presses = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') window.presses.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 });
  });
  const presses = 400;
  for (let i = 0; i < presses; i++) await desk.press(i % 10 === 9 ? 'x' : 'j');
  await desk.page.waitForTimeout(500);
  // Under the 16 ms of the threshold the browser does not say how long: they count as 16.
  const slow = await desk.page.evaluate(() => window.presses);
  const keys = [...slow, ...Array(Math.max(0, presses - slow.length)).fill(16)];

  const { frames, reached } = await desk.page.evaluate(async () => {
    const rows = document.querySelector('.rows');
    const gaps = [];
    let last = performance.now();
    const until = last + 10_000;
    while (last < until) {
      const now = await new Promise((resolve) => requestAnimationFrame(resolve));
      gaps.push(now - last);
      last = now;
      rows.scrollTop += 340; // ten rows a frame
    }
    return { frames: gaps.slice(5), reached: Math.round(rows.scrollTop / 34) };
  });
  const at = (values, share) => Math.round([...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]);
  const line = (what, values) => console.log(`${what.padEnd(28)} p50 ${at(values, 0.5)} ms   p95 ${at(values, 0.95)} ms   p99 ${at(values, 0.99)} ms   most ${at(values, 1)} ms`);
  console.log(`${wanted} findings; the queue opens in ${opened} ms; ten seconds of scrolling reach row ${reached}`);
  line(`key to paint, ${presses} keys`, keys);
  line('between frames, scrolling', frames);
} finally {
  await browser.close();
  await server.stop();
}
