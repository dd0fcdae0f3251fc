import { DatabaseOutlined, FileProtectOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { deciders, readers, staff } from '../roles';

export const registers: Area = {
  routes: [
    { path: 'whitelist', lazy: async () => ({ Component: (await import('./WhitelistPage')).WhitelistPage }) },
    { path: 'tables', lazy: async () => ({ Component: (await import('./TablesPage')).TablesPage }) },
    { path: 'tables/:table', lazy: async () => ({ Component: (await import('./TablePage')).TablePage }) },
    { path: 'quarantine', lazy: async () => ({ Component: (await import('./QuarantinePage')).QuarantinePage }) },
    { path: 'journal', lazy: async () => ({ Component: (await import('./JournalPage')).JournalPage }) },
    { path: 'journal/people', lazy: async () => ({ Component: (await import('./PeoplePage')).PeoplePage }) },
    { path: 'status', lazy: async () => ({ Component: (await import('./StatusPage')).StatusPage }) },
  ],
  menu: [
    { text: 'rules', icon: FileProtectOutlined, entries: [{ path: '/whitelist', text: 'whitelist', roles: staff }] },
    {
      text: 'data',
      icon: DatabaseOutlined,
      entries: [
        { path: '/tables', text: 'tables', roles: staff },
        { path: '/quarantine', text: 'quarantine', roles: staff },
        { path: '/journal', text: 'journal', roles: [...deciders, 'supervisor'] },
        { path: '/journal/people', text: 'duties', roles: ['supervisor', 'director'] },
        { path: '/status', text: 'status', roles: [...readers, 'administrator'] },
      ],
    },
  ],
};
