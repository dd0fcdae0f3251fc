import { UnorderedListOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import { readers } from '../roles';

export const queue: Area = {
  routes: [
    { path: 'findings', lazy: async () => ({ Component: (await import('./QueuePage')).QueuePage }) },
    { path: 'findings/:id', lazy: async () => ({ Component: (await import('../stay/FindingPage')).FindingPage }) },
    { path: 'stays/:institution/:stay', lazy: async () => ({ Component: (await import('../stay/StayPage')).StayPage }) },
  ],
  menu: [{ text: 'work', icon: UnorderedListOutlined, entries: [{ path: '/findings', text: 'queue', roles: readers }] }],
};
