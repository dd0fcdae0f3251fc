// Pages of rules, of those who are watched and of registers, for looks.test.mjs. `ready`
// is called once before them; what it gives is handed to each page.
import { watchAndKeep } from './watched.mjs';

export const ready = async (province) => ({
  ...(await watchAndKeep(province)),
  keeper: (await province.key({ roles: ['director', 'supervisor', 'officer', 'administrator'] })).key,
});

const of = ({ keeper }) => keeper;

export const pages = {
  institutions: { key: of, open: () => '/institutions', shows: '.ant-table-row' },
  institution: { key: of, open: ({ institution }) => `/institutions/${institution}`, shows: '.chart svg' },
  'institution-uploads': { key: of, open: ({ institution }) => `/institutions/${institution}?tab=uploads`, shows: '.narrow-table .ant-table-row' },
  physicians: { key: of, open: () => '/physicians?sort=findings', shows: '.ant-table-row' },
  physician: { key: of, open: ({ physician }) => `/physicians/${encodeURIComponent(physician)}`, shows: '.chart svg' },
  report: { key: of, open: () => '/reports', shows: '.chart svg' },
  coverage: { key: of, open: () => '/coverage', shows: '.ant-table-row' },
  rules: { key: of, open: () => '/rules', shows: '.ant-table-row' },
  rule: { key: of, open: () => '/rules/ADM-001', shows: '.law' },
  'rule-parameters': { key: of, open: () => '/rules/ADM-001?tab=parameters', shows: '.ant-table-row' },
  backtests: { key: of, open: () => '/backtests', shows: '.ant-table-row' },
  'backtest-form': { key: of, open: () => '/backtests?rule=ADM-001', shows: '.form-grid input' },
  backtest: { key: of, open: ({ tested }) => `/backtests/${tested.at(-1).backtest_id}`, shows: '.chart svg' },
  whitelist: { key: of, open: () => '/whitelist', shows: '.ant-table-row' },
  tables: { key: of, open: () => '/tables', shows: '.ant-table-row' },
  table: { key: of, open: () => '/tables/institutions', shows: '.ant-table-row' },
  quarantine: { key: of, open: () => '/quarantine', shows: '.ant-table-row' },
  journal: { key: of, open: () => '/journal', shows: '.ant-table-row' },
  duties: { key: of, open: () => '/journal/people', shows: '.ant-table-row' },
  status: { key: of, open: () => '/status', shows: '.facts' },
};
