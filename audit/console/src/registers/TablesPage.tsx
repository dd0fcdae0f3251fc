import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { usePerson } from '../api/people';
import { count, minute } from '../format';
import { Loaded } from '../shell/Loaded';
import { column, number } from '../shell/Listing';
import { Page } from '../shell/Page';
import { wordOf } from '../text';
import { tablesQuery } from './read';
import { useRegisters, useTables } from './texts';
import { type Table as Reference } from './values';

// TablesPage lists the reference tables: what rules know beside the records.
export function TablesPage() {
  const { tables: texts } = useRegisters();
  const { names } = useTables();
  const person = usePerson();
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Loaded query={useQuery(tablesQuery)}>
        {(tables) => (
          <Table<Reference>
            aria-label={texts.title}
            size="small"
            pagination={false}
            dataSource={tables}
            rowKey={(table) => table.table}
            columns={[
              column(texts.columns.name, (t) => <Link to={`/tables/${t.table}`}>{wordOf(names, t.table)}</Link>),
              column(texts.columns.id, (t) => <span className="code">{t.table}</span>),
              column(texts.columns.columns, (t) => t.columns.length, number),
              column(texts.columns.loads, (t) => count(t.loads), number),
              column(texts.columns.last, (t) => (t.last ? <span className="figures">{minute(t.last.at)}</span> : <span className="near">{texts.never}</span>)),
              column(texts.columns.by, (t) => (t.last ? person(t.last.by) : '')),
              column(texts.columns.rows, (t) => (t.last ? texts.changed(count(t.last.rows ?? 0), count(t.last.changed ?? 0)) : ''), number),
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
