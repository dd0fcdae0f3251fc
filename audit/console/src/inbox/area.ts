import { DatabaseOutlined, NotificationOutlined, UnorderedListOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { readers, staff } from '../roles';

export const inbox: Area = {
  routes: [
    { path: 'inbox', lazy: async () => ({ Component: (await import('./InboxPage')).InboxPage }) },
    { path: 'alerts', lazy: async () => ({ Component: (await import('./AlertsPage')).AlertsPage }) },
  ],
  menu: [
    { text: 'work', icon: UnorderedListOutlined, entries: [{ path: '/inbox', text: 'inbox', roles: readers }] },
    { text: 'portal', icon: NotificationOutlined, entries: [{ path: '/inbox', text: 'inbox', roles: ['hospital'] }] },
    { text: 'data', icon: DatabaseOutlined, entries: [{ path: '/alerts', text: 'alerts', roles: staff }] },
  ],
};
