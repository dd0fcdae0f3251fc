import { TeamOutlined, UserOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { staff } from '../roles';

export const people: Area = {
  routes: [
    { path: 'accounts', lazy: async () => ({ Component: (await import('./AccountsPage')).AccountsPage }) },
    { path: 'me', lazy: async () => ({ Component: (await import('./MePage')).MePage }) },
  ],
  menu: [
    { text: 'people', icon: TeamOutlined, entries: [{ path: '/accounts', text: 'accounts', roles: ['administrator'] }] },
    { text: 'mine', icon: UserOutlined, entries: [{ path: '/me', text: 'me', roles: [...staff, 'hospital'] }] },
  ],
};
