import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { type Finding } from '../api/findings';
import { rulesQuery } from '../api/reference';
import { StateTag } from '../finding/StateTag';
import { minute } from '../format';
import { usePreferences } from '../preferences';
import type { Filters } from '../queue/filters';
import { findingPath } from '../queue/trail';
import { column, moneyColumn } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { answered, client } from '../api/client';
import { useWatch } from './texts';

const shown = '8';

// LatestFindings are the findings that changed last, which the stream renews in place.
export function LatestFindings({ filters }: { filters: Filters }) {
  const { profile: texts } = useWatch();
  const { language } = usePreferences();
  const library = useQuery(rulesQuery).data;
  const query = useQuery({
    queryKey: ['latest', filters],
    queryFn: ({ signal }) => answered(client.GET('/v1/findings', { params: { query: { ...filters, sort: 'revised', limit: shown } }, signal })),
  });
  return (
    <Loaded query={query} rows={4}>
      {({ items }) => (
        <Table<Finding>
          aria-label={texts.recent}
          size="small"
          pagination={false}
          dataSource={items}
          rowKey={(f) => f.finding_id}
          locale={{ emptyText: texts.noFindings }}
          columns={[
            column(texts.findingColumns.rule, (f) => (
              <Link to={findingPath(f.finding_id)}>
                <span className="code">{f.rule}</span> {library?.get(f.rule)?.name[language]}
              </Link>
            )),
            column(texts.findingColumns.stay, (f) => f.stay_id ?? f.person_id),
            moneyColumn(texts.findingColumns.amount, (f) => f.amount),
            column(texts.findingColumns.state, (f) => <StateTag state={f.state} />),
            column(texts.findingColumns.revised, (f) => <span className="figures">{minute(f.revised_at)}</span>),
          ]}
        />
      )}
    </Loaded>
  );
}
