import { AuditOutlined, BookOutlined, CloudUploadOutlined, WalletOutlined } from '@ant-design/icons';
import type { Area } from '../areas';
import type { Role } from '../api/session';

const ours: Role[] = ['hospital'];

export const portal: Area = {
  routes: [
    { path: 'our', lazy: async () => ({ Component: (await import('./HomePage')).HomePage }) },
    { path: 'our/findings', lazy: async () => ({ Component: (await import('./FindingsPage')).FindingsPage }) },
    { path: 'our/findings/:id', lazy: async () => ({ Component: (await import('./FindingPage')).FindingPage }) },
    { path: 'our/notices', lazy: async () => ({ Component: (await import('./NoticesPage')).NoticesPage }) },
    { path: 'our/notices/:id', lazy: async () => ({ Component: (await import('./NoticePage')).NoticePage }) },
    { path: 'our/deadlines', lazy: async () => ({ Component: (await import('./DeadlinesPage')).DeadlinesPage }) },
    { path: 'our/affairs', lazy: async () => ({ Component: (await import('./AffairsPage')).AffairsPage }) },
    { path: 'our/lists', lazy: async () => ({ Component: (await import('./ListsPage')).ListsPage }) },
    { path: 'our/settlements', lazy: async () => ({ Component: (await import('./SettlementsPage')).SettlementsPage }) },
    { path: 'our/years', lazy: async () => ({ Component: (await import('./YearsPage')).YearsPage }) },
    { path: 'our/receipts', lazy: async () => ({ Component: (await import('./ReceiptsPage')).ReceiptsPage }) },
    { path: 'our/receipts/:id', lazy: async () => ({ Component: (await import('./ReceiptPage')).ReceiptPage }) },
    { path: 'our/refused', lazy: async () => ({ Component: (await import('./RefusedPage')).RefusedPage }) },
    { path: 'our/health', lazy: async () => ({ Component: (await import('./HealthPage')).HealthPage }) },
    { path: 'our/check', lazy: async () => ({ Component: (await import('./CheckPage')).CheckPage }) },
    { path: 'handbook', lazy: async () => ({ Component: (await import('./HandbookPage')).HandbookPage }) },
    { path: 'handbook/:code', lazy: async () => ({ Component: (await import('./RulePage')).RulePage }) },
  ],
  menu: [
    {
      text: 'portal',
      icon: AuditOutlined,
      entries: [
        { path: '/our', text: 'ourHome', roles: ours },
        { path: '/our/findings', text: 'ourFindings', roles: ours },
        { path: '/our/notices', text: 'ourNotices', roles: ours },
        { path: '/our/deadlines', text: 'ourDeadlines', roles: ours },
        { path: '/our/affairs', text: 'ourAffairs', roles: ours },
      ],
    },
    {
      text: 'ourMoney',
      icon: WalletOutlined,
      entries: [
        { path: '/our/lists', text: 'ourLists', roles: ours },
        { path: '/our/settlements', text: 'ourSettlements', roles: ours },
        { path: '/our/years', text: 'ourYears', roles: ours },
      ],
    },
    {
      text: 'uploads',
      icon: CloudUploadOutlined,
      entries: [
        { path: '/our/receipts', text: 'ourReceipts', roles: ours },
        { path: '/our/refused', text: 'ourRefused', roles: ours },
        { path: '/our/health', text: 'ourHealth', roles: ours },
        { path: '/our/check', text: 'ourCheck', roles: ours },
      ],
    },
    { text: 'ourRules', icon: BookOutlined, entries: [{ path: '/handbook', text: 'handbook', roles: ours }] },
  ],
};
