// A sign-on of an agency with one person, who signs on at once: OpenID Connect with a code,
// PKCE and tokens signed by RS256.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

export const client = 'claimwatch';
export const secret = 'a secret of the sign-on';

const encode = (value) => Buffer.from(value instanceof Uint8Array ? value : JSON.stringify(value)).toString('base64url');

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

export async function startSignOn(person) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const asked = new Map(); // what was asked for, by the code that was given
  const now = () => Math.floor(Date.now() / 1000);

  const tokenOf = (nonce) => {
    const claims = { iss: issuer, aud: client, iat: now(), exp: now() + 300, nonce, ...person };
    const text = `${encode({ alg: 'RS256', kid: '1' })}.${encode(claims)}`;
    return `${text}.${encode(sign('sha256', Buffer.from(text), privateKey))}`;
  };
  const pages = {
    '/.well-known/openid-configuration': () => ({
      issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['RS256'], token_endpoint_auth_methods_supported: ['client_secret_basic'],
    }),
    '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: '1' }] }),
    // token is for whoever began with the code, once.
    '/token': async (request) => {
      const given = await bodyOf(request);
      const begun = asked.get(given.get('code'));
      asked.delete(given.get('code'));
      const [id, word] = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64').toString().split(':');
      const verifier = createHash('sha256').update(given.get('code_verifier') ?? '').digest();
      const good = begun && id === client && decodeURIComponent(word.replaceAll('+', ' ')) === secret && encode(verifier) === begun.get('code_challenge') && given.get('redirect_uri') === begun.get('redirect_uri');
      return good ? { access_token: 'x', token_type: 'Bearer', id_token: tokenOf(begun.get('nonce')) } : undefined;
    },
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url, issuer);
    if (pathname === '/authorize' && query.get('client_id') === client && query.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256') {
      const code = randomUUID();
      asked.set(code, query);
      response.writeHead(302, { Location: `${query.get('redirect_uri')}?${new URLSearchParams({ code, state: query.get('state') })}` }).end();
      return;
    }
    const answer = await pages[pathname]?.(request);
    response.writeHead(answer ? 200 : 400, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer ?? { error: 'invalid_grant' }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  return { issuer, stop: () => server.close() };
}
