import { agency, happen } from './history.mjs';

let told;
const history = (province) => (told ??= agency(province).then((people) => happen(province, people)));

// What an agency has done is told once, for the first of these pages.
const at = (path) => async (province) => path(await history(province));

// pages of money and measures, as looks.test.mjs has them.
export const pages = {
  deadlines: { open: at(() => '/deadlines'), shows: '.ant-table-row' },
  notices: { open: at(() => '/notices'), shows: '.ant-table-row' },
  notice: { open: at((h) => `/notices/${h.notice}`), shows: '.ant-table-row' },
  rejections: { open: at(() => '/rejections'), shows: '.ant-table-row' },
  rejection: { open: at((h) => `/rejections/${h.institution}/${h.month}`), shows: '.ant-table-row' },
  settlements: { open: at(() => '/settlements'), shows: '.ant-table-row .ant-tag' },
  settlement: { open: at((h) => `/settlements/${h.institution}/${h.month}`), shows: '.two-persons' },
  'year-ends': { open: at(() => '/year-ends'), shows: '.ant-table-row' },
  'year-end': { open: at((h) => `/year-ends/${h.ended.institution}/${h.ended.year}`), shows: '.two-persons' },
  sanctions: { open: at(() => '/sanctions'), shows: '.ant-table-row' },
  recommendations: { open: at(() => '/sanctions?view=recommended'), shows: '.section .ant-table-row' },
  sanction: { open: at((h) => `/sanctions/${h.suspended}`), shows: '.steps' },
  'sanction-proposed': { open: at((h) => `/sanctions/${h.proposed}`), shows: '.proposal' },
  agreements: { open: at(() => '/agreements'), shows: '.axis-span' },
  registers: { open: at(() => '/registers'), shows: '.ant-table-row' },
  register: { open: at(() => '/registers/clues'), shows: '.ant-table-row' },
  'register-entry': { open: at((h) => `/registers/clues/${h.clue}`), shows: '.sheet' },
};
