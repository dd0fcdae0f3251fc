import { AuditOutlined, UnorderedListOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { readers } from '../roles';

export const measures: Area = {
  routes: [
    { path: 'deadlines', lazy: async () => ({ Component: (await import('./DeadlinesPage')).DeadlinesPage }) },
    { path: 'sanctions', lazy: async () => ({ Component: (await import('./SanctionsPage')).SanctionsPage }) },
    { path: 'sanctions/:id', lazy: async () => ({ Component: (await import('./SanctionPage')).SanctionPage }) },
    { path: 'agreements', lazy: async () => ({ Component: (await import('./AgreementsPage')).AgreementsPage }) },
    { path: 'registers', lazy: async () => ({ Component: (await import('./RegistersPage')).RegistersPage }) },
    { path: 'registers/:plural', lazy: async () => ({ Component: (await import('./RegisterPage')).RegisterPage }) },
    { path: 'registers/:plural/:id', lazy: async () => ({ Component: (await import('./MatterPage')).MatterPage }) },
  ],
  menu: [
    { text: 'work', icon: UnorderedListOutlined, entries: [{ path: '/deadlines', text: 'deadlines', roles: readers }] },
    {
      text: 'measures',
      icon: AuditOutlined,
      entries: [
        { path: '/sanctions', text: 'sanctions', roles: readers },
        { path: '/agreements', text: 'agreements', roles: readers },
        { path: '/registers', text: 'registers', roles: readers },
      ],
    },
  ],
};
