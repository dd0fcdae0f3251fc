import { CloudUploadOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { staff } from '../roles';

export const people: Area = {
  routes: [
    { path: 'accounts', lazy: async () => ({ Component: (await import('./AccountsPage')).AccountsPage }) },
    { path: 'keys', lazy: async () => ({ Component: (await import('./KeysPage')).KeysPage }) },
    { path: 'our/keys', lazy: async () => ({ Component: (await import('./KeysPage')).KeysPage }) },
    { path: 'me', lazy: async () => ({ Component: (await import('./MePage')).MePage }) },
  ],
  menu: [
    {
      text: 'people',
      icon: TeamOutlined,
      entries: [
        { path: '/accounts', text: 'accounts', roles: ['administrator'] },
        { path: '/keys', text: 'keys', roles: ['administrator'] },
      ],
    },
    { text: 'uploads', icon: CloudUploadOutlined, entries: [{ path: '/our/keys', text: 'ourKeys', roles: ['hospital'] }] },
    { text: 'mine', icon: UserOutlined, entries: [{ path: '/me', text: 'me', roles: [...staff, 'hospital'] }] },
  ],
};
