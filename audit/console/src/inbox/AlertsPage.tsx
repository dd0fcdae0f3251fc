import { Tabs } from 'antd';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { ActiveAlerts } from './ActiveAlerts';
import { Deliveries } from './Deliveries';
import './inbox.css';
import { RouteTree } from './RouteTree';
import { Silences } from './Silences';
import { useInbox } from './texts';

// AlertsPage shows how the alerting does: what is the case, what could not be delivered,
// who is told what, what is muted.
export function AlertsPage() {
  const { alerts: texts } = useInbox();
  const [{ tab }, set] = useFilters('tab', 'institution', 'name', 'labels');
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Tabs
        activeKey={tab ?? 'active'}
        onChange={(key) => set({ tab: key === 'active' ? undefined : key })}
        destroyOnHidden
        items={[
          { key: 'active', label: texts.active, children: <ActiveAlerts /> },
          { key: 'deliveries', label: texts.deliveries, children: <Deliveries /> },
          { key: 'routes', label: texts.routes, children: <RouteTree /> },
          { key: 'silences', label: texts.silences, children: <Silences /> },
        ]}
      />
    </Page>
  );
}
