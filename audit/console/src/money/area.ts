import { AccountBookOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { readers } from '../roles';

export const money: Area = {
  routes: [
    { path: 'rejections', lazy: async () => ({ Component: (await import('./RejectionsPage')).RejectionsPage }) },
    { path: 'rejections/:institution/:month', lazy: async () => ({ Component: (await import('./RejectionPage')).RejectionPage }) },
    { path: 'settlements', lazy: async () => ({ Component: (await import('./SettlementsPage')).SettlementsPage }) },
    { path: 'settlements/:institution/:month', lazy: async () => ({ Component: (await import('./SettlementPage')).SettlementPage }) },
    { path: 'year-ends', lazy: async () => ({ Component: (await import('./YearEndsPage')).YearEndsPage }) },
    { path: 'year-ends/:institution/:year', lazy: async () => ({ Component: (await import('./YearEndPage')).YearEndPage }) },
    { path: 'notices', lazy: async () => ({ Component: (await import('./NoticesPage')).NoticesPage }) },
    { path: 'notices/:id', lazy: async () => ({ Component: (await import('./NoticePage')).NoticePage }) },
  ],
  menu: [
    {
      text: 'money',
      icon: AccountBookOutlined,
      entries: [
        { path: '/notices', text: 'notices', roles: readers },
        { path: '/rejections', text: 'rejections', roles: readers },
        { path: '/settlements', text: 'settlements', roles: readers },
        { path: '/year-ends', text: 'yearEnds', roles: readers },
      ],
    },
  ],
};
