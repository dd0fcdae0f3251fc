// A server with a simulated province, for the browser tests: the real binary.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = fileURLToPath(new URL('../../../bin/claimwatch', import.meta.url));

// A free port, below those that connections going out may take before the server listens.
const freePort = () =>
  new Promise((resolve) => {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });

const flags = (data, listen) => ['--data', data, '--listen', listen];

// startProvince is a simulated province that has lived through a month.
export const startProvince = () => serve((...at) => ['demo', '--no-agency', '--speed', '240', '--days', '30', ...flags(...at)], 'has reached the present', 300_000);

// startEmpty is a server on an empty directory, whose clock goes by what is uploaded.
export const startEmpty = () => serve((...at) => ['run', '--clock', 'event', ...flags(...at)], '/setup#', 60_000);

// startConfigured is the same with a configuration, which is made for its address.
export const startConfigured = (settingsOf) =>
  serve(
    (data, listen) => {
      const file = join(data, 'serve.yaml');
      writeFileSync(file, JSON.stringify({ listen, data, clock: 'event', ...settingsOf(`http://${listen}`, data) })); // JSON is YAML
      return ['serve', '--config', file];
    },
    '(findings: ',
    60_000,
  );

async function serve(commandOf, ready, patience) {
  const data = mkdtempSync(join(tmpdir(), 'claimwatch-browser-'));
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(binary, commandOf(data, address), { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => server.kill() && reject(new Error(`the server is not there in time:\n${said}`)), patience);
    const hear = (chunk) => {
      said = (said + chunk).slice(-4000);
      if (said.includes(ready)) {
        clearTimeout(late);
        resolve();
      }
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  const keyFile = join(data, 'admin.key');
  for (const until = Date.now() + 60_000; !existsSync(keyFile) && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 100));
  const admin = readFileSync(keyFile, 'utf8').trim();
  const url = `http://${address}`;
  let calls = 0;
  const call = async (key, method, path, body, type = 'application/json') => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(key ? { Authorization: `Bearer ${key}` } : {}), 'Content-Type': type, 'Idempotency-Key': `browser-${++calls}` },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    });
    return answer.status === 204 ? undefined : answer.json();
  };
  // The key of the first start is good once it has come back from the log.
  for (let tries = 0; (await call(admin, 'GET', '/v1/session')).status === 401; tries++) {
    if (tries > 300) throw new Error(`the administrator's key is not taken:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // send gives a file to the server as it is.
  const send = async (method, path, body, type, key = admin) => {
    const answer = await fetch(url + path, { method, headers: { Authorization: `Bearer ${key}`, 'Content-Type': type }, body });
    return answer.json();
  };
  return {
    url,
    send,
    said: () => said,
    upload: async (key, lines) => {
      const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-ndjson' };
      const answer = await fetch(`${url}/v1/records?wait=0`, { method: 'POST', headers, body: lines.join('\n') });
      if (answer.status !== 202) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
    },
    admin,
    call: (method, path, body, key = admin, type = undefined) => call(key, method, path, body, type),
    key: (body) => call(admin, 'POST', '/v1/keys', body),
    async stop() {
      server.removeAllListeners('exit');
      const ended = new Promise((resolve) => server.on('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
