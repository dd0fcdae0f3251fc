// Pages of the queue, the case and signing in, for looks.test.mjs.

const of = async (province, query) => (await province.call('GET', `/v1/findings?limit=1&${query}`)).items[0].finding_id;

export const pages = {
  'sign-in': { key: () => '', open: () => '/', shows: '#login' },
  queue: { open: () => '/findings', shows: '.rows-body .row', keys: ['j', 'x', 'j', 'x'], then: '.selection' },
  cases: { open: () => '/findings?by=case&sort=amount', shows: '.rows-body .row' },
  nothing: { open: () => '/findings?rule=FEE-001&severity=reminder', shows: '.nothing' },
  case: { open: async (province) => `/findings/${await of(province, 'rule=IDN-001')}`, shows: '.history' },
  stay: {
    open: async (province) => {
      const { institution_id, stay_id } = (await province.call('GET', '/v1/cases?sort=amount&limit=20')).items.find((one) => one.stay_id);
      return `/stays/${institution_id}/${stay_id}`;
    },
    shows: '.history',
  },
  decide: { open: async (province) => `/findings/${await of(province, 'rule=FEE-007')}`, shows: '.history', keys: ['a'], then: '.decide-form' },
  finding: { open: async (province) => `/findings/${await of(province, 'rule=ADM-017')}`, shows: '.history' },
  help: { open: () => '/findings', shows: '.rows-body .row', keys: ['?'], then: '.keys' },
};
