// A link that is good once, when this page was opened by one: the first administrator's
// (/setup#…), or the one with which somebody chooses a password (/link#…). What follows #
// never leaves the browser but in the one request that spends it, and not in its history.
export interface OneTimeLink {
  first: boolean;
  token: string;
}

function take(): OneTimeLink | undefined {
  const { pathname, hash } = window.location;
  if (!/^\/(setup|link)$/.test(pathname) || hash.length < 2) return undefined;
  window.history.replaceState(null, '', '/');
  return { first: pathname === '/setup', token: hash.slice(1) };
}

export const oneTimeLink = take();
