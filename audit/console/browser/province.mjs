// A server with a simulated province, for the browser tests: the real binary.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = fileURLToPath(new URL('../../../bin/claimwatch', import.meta.url));

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function startProvince() {
  const data = mkdtempSync(join(tmpdir(), 'claimwatch-browser-'));
  const address = `127.0.0.1:${await freePort()}`;
  const args = ['demo', '--no-agency', '--speed', '240', '--days', '30', '--data', data, '--listen', address];
  const server = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the province is not there in time:\n${said}`)), 300_000);
    const hear = (chunk) => {
      said = (said + chunk).slice(-4000);
      if (said.includes('has reached the present')) {
        clearTimeout(late);
        resolve();
      }
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  const admin = readFileSync(join(data, 'admin.key'), 'utf8').trim();
  const url = `http://${address}`;
  let calls = 0;
  const call = async (key, method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': `browser-${++calls}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return answer.status === 204 ? undefined : answer.json();
  };
  // send gives a file to the server as it is.
  const send = async (method, path, body, type, key = admin) => {
    const answer = await fetch(url + path, { method, headers: { Authorization: `Bearer ${key}`, 'Content-Type': type }, body });
    return answer.json();
  };
  return {
    url,
    send,
    call: (method, path, body, key = admin) => call(key, method, path, body),
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
