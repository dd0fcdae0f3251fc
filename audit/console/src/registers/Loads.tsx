import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { usePerson } from '../api/people';
import type { Schemas } from '../api/client';
import { count, minute } from '../format';
import { Loaded } from '../shell/Loaded';
import { column, number } from '../shell/Listing';
import { Section } from '../shell/Page';
import { historyQuery } from './read';
import { useRegisters } from './texts';

type Load = Schemas['HistoryItem'];

// Loads says who loaded a table, when, and how much of it was new.
export function Loads({ table }: { table: string }) {
  const { tables: texts } = useRegisters();
  const person = usePerson();
  return (
    <Section title={texts.loads}>
      <Loaded query={useQuery(historyQuery(table, ''))} rows={3}>
        {({ items }) => (
          <Table<Load>
            aria-label={texts.loads}
            className="narrow-table"
            size="small"
            pagination={items.length > 10 ? { pageSize: 10, size: 'small' } : false}
            dataSource={items}
            rowKey={(item) => item.version}
            locale={{ emptyText: texts.neverLoaded }}
            columns={[
              column(texts.columns.entry, (item) => item.version, number),
              column(texts.columns.at, (item) => <span className="figures">{minute(item.at)}</span>),
              column(texts.columns.by, (item) => person(item.by)),
              column(texts.columns.rowCount, (item) => count(item.rows ?? 0), number),
              column(texts.columns.changed, (item) => count(item.changed ?? 0), number),
              column(texts.columns.unchanged, (item) => count(item.unchanged ?? 0), number),
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
