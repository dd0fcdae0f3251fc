import { FileProtectOutlined, FundViewOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { readers, staff } from '../roles';

export const watch: Area = {
  routes: [
    { path: 'institutions', lazy: async () => ({ Component: (await import('./InstitutionsPage')).InstitutionsPage }) },
    { path: 'institutions/:id', lazy: async () => ({ Component: (await import('./InstitutionPage')).InstitutionPage }) },
    { path: 'physicians', lazy: async () => ({ Component: (await import('./PhysiciansPage')).PhysiciansPage }) },
    { path: 'physicians/:id', lazy: async () => ({ Component: (await import('./PhysicianPage')).PhysicianPage }) },
    { path: 'reports', lazy: async () => ({ Component: (await import('./ReportPage')).ReportPage }) },
    { path: 'coverage', lazy: async () => ({ Component: (await import('./CoveragePage')).CoveragePage }) },
    { path: 'rules', lazy: async () => ({ Component: (await import('./RulesPage')).RulesPage }) },
    { path: 'rules/:code', lazy: async () => ({ Component: (await import('./RulePage')).RulePage }) },
    { path: 'backtests', lazy: async () => ({ Component: (await import('./BacktestsPage')).BacktestsPage }) },
    { path: 'backtests/:id', lazy: async () => ({ Component: (await import('./BacktestPage')).BacktestPage }) },
  ],
  menu: [
    {
      text: 'watching',
      icon: FundViewOutlined,
      entries: [
        { path: '/institutions', text: 'institutions', roles: readers },
        { path: '/physicians', text: 'physicians', roles: readers },
        { path: '/coverage', text: 'coverage', roles: readers },
        { path: '/reports', text: 'report', roles: ['supervisor', 'reviewer', 'director'] },
      ],
    },
    {
      text: 'rules',
      icon: FileProtectOutlined,
      entries: [
        { path: '/rules', text: 'library', roles: staff },
        { path: '/backtests', text: 'backtests', roles: staff },
      ],
    },
  ],
};
