import { useQuery } from '@tanstack/react-query';
import { Input, Table, Tag } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { column } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { useFilters } from '../shell/useFilters';
import { useInbox } from './texts';

type Route = Schemas['RouteView'];

const indent = 18;

// RouteTree is the tree of routes as the server has read it, and where labels come to.
export function RouteTree() {
  const { alerts: texts } = useInbox();
  const [{ labels }, set] = useFilters('labels');
  const query = useQuery({
    queryKey: ['inbox', 'routes', labels ?? ''],
    queryFn: ({ signal }) => answered(client.GET('/v1/alerts/routes', { params: { query: labels ? { labels } : {} }, signal })),
  });
  return (
    <>
      <div className="page-filters">
        <Input.Search
          className="labels-field"
          allowClear
          defaultValue={labels}
          placeholder={texts.labelsExample}
          aria-label={texts.whereTo}
          enterButton={texts.whereTo}
          onSearch={(text) => set({ labels: text.trim() || undefined })}
        />
      </div>
      <p className="weak">{texts.routesLead}</p>
      <Loaded query={query}>
        {({ items }) => (
          <Table<Route & { at: number }>
            className="routes"
            size="small"
            aria-label={texts.routes}
            dataSource={items.map((route, at) => ({ ...route, at }))}
            rowKey={({ at }) => at}
            rowClassName={({ matched }) => (matched ? 'matched' : '')}
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={[
              column(texts.columns.route, (route) => (
                <span className="code" style={{ paddingInlineStart: route.depth * indent }}>
                  {route.matchers && route.matchers !== '{}' ? route.matchers : texts.everything}
                </span>
              )),
              column(texts.columns.receiver, (route) => (
                <>
                  {route.receiver} {route.matched && labels && <Tag color="blue">{texts.comesHere}</Tag>}
                </>
              )),
              column(texts.columns.goesOn, (route) => route.continue && texts.yes),
              column(texts.columns.groupBy, (route) => <span className="code">{route.group_by.join(', ')}</span>),
              column(texts.columns.wait, (route) => <span className="figures">{route.group_wait}</span>, { align: 'right' }),
              column(texts.columns.interval, (route) => <span className="figures">{route.group_interval}</span>, { align: 'right' }),
              column(texts.columns.repeat, (route) => <span className="figures">{route.repeat_interval}</span>, { align: 'right' }),
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
