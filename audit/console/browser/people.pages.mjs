// Pages of accounts, keys and alerts, for looks.test.mjs. Somebody has been told something,
// and something is muted.

export const ready = async (province) => {
  const { key } = await province.key({ roles: ['officer', 'reviewer', 'director', 'administrator'], label: 'looks' });
  for (const [login, name] of [['zhao', '赵审核'], ['qian', '钱复核']]) {
    await province.call('POST', '/v1/accounts', { login, name, roles: [login === 'zhao' ? 'officer' : 'reviewer'] });
  }
  await province.call('POST', '/v1/alerts/silences', { matchers: ['institution_id="H02"', 'alertname="Silence"'], for: '8h', reason: '公告停机' }, key);
  for (let tries = 0; (await province.call('GET', '/v1/inbox?limit=1', undefined, key)).items.length === 0; tries++) {
    if (tries > 900) throw new Error('nobody is told anything');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { key, house: (await province.key({ institution_id: 'H02' })).key };
};

const of = ({ key }) => key;

export const pages = {
  me: { key: of, open: () => '/me', shows: '.facts' },
  accounts: { key: of, open: () => '/accounts', shows: '.ant-table-row' },
  keys: { key: of, open: () => '/keys', shows: '.ant-table-row' },
  'our-keys': { key: ({ house }) => house, open: () => '/our/keys', shows: '.ant-table-row' },
  inbox: { key: of, open: () => '/inbox', shows: '.ant-table-row' },
  'our-inbox': { key: ({ house }) => house, open: () => '/inbox', shows: '.page-head' },
  alerts: { key: of, open: () => '/alerts', shows: '.ant-table-row' },
  deliveries: { key: of, open: () => '/alerts?tab=deliveries', shows: '.section .ant-table' },
  routes: { key: of, open: () => '/alerts?tab=routes&labels=alertname%3DDeadline%2Cescalation%3Ddirector', shows: '.ant-table-row.matched' },
  silences: { key: of, open: () => '/alerts?tab=silences', shows: '.ant-table-row' },
};
