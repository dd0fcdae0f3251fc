import { HistoryOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Tag } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { answered, client } from '../api/client';
import { usePerson } from '../api/people';
import { has, useIdentity } from '../api/session';
import { minute } from '../format';
import { column, Listing, number } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Nothing } from '../shell/Nothing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import { LoadForm } from './LoadForm';
import { Loads } from './Loads';
import { tablesQuery } from './read';
import { RowHistory } from './RowHistory';
import { useRegisters, useTables } from './texts';
import { cellOf, isNumeric, keyOf, type Row, type Table } from './values';
import { WithdrawForm } from './WithdrawForm';

// TablePage is one reference table: its rows, their versions, and files to load.
export function TablePage() {
  const { table = '' } = useParams();
  const { tables: texts } = useRegisters();
  return (
    <Loaded query={useQuery(tablesQuery)}>
      {(tables) => {
        const found = tables.find((t) => t.table === table);
        return found ? <Rows key={table} table={found} /> : <Nothing title={texts.unknown(table)} />;
      }}
    </Loaded>
  );
}

function Rows({ table }: { table: Table }) {
  const { tables: texts } = useRegisters();
  const { names, columns, words } = useTables();
  const [filters, set] = useFilters('void', 'row');
  const withVoid = filters.void === 'true';
  const person = usePerson();
  const [loading, setLoading] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Row>();
  // Values of parameters are published on the page of their rule, which knows what it takes.
  const mayLoad = has(useIdentity(), 'administrator') && table.table !== 'rule_parameters';
  return (
    <Page
      title={
        <>
          {wordOf(names, table.table)} <span className="code weak">{table.table}</span>
        </>
      }
      lead={table.table === 'rule_parameters' ? texts.parametersLead : texts.tableLead}
      actions={
        <>
          <Link to="/tables">{texts.back}</Link>
          {mayLoad && (
            <Button type="primary" icon={<UploadOutlined />} onClick={() => setLoading(true)}>
              {texts.load}
            </Button>
          )}
        </>
      }
      filters={
        <Checkbox checked={withVoid} onChange={(event) => set({ void: event.target.checked ? 'true' : undefined })}>
          {texts.withVoid}
        </Checkbox>
      }
    >
      <Listing<Row>
        name={['rows', table.table, withVoid]}
        read={(cursor, signal) =>
          answered(client.GET('/v1/reference/{table}', { params: { path: { table: table.table }, query: { cursor, void: withVoid } }, signal }))
        }
        rowKey={(row) => keyOf(table, row.row)}
        label={wordOf(names, table.table)}
        empty={table.last ? texts.empty : texts.neverLoaded}
        hint={texts.emptyHint}
        columns={[
          ...table.columns.map((c, at) =>
            column<Row>(
              wordOf(columns, c.name),
              (row) => <span className={c.type === 'hash' ? 'code' : 'words'}>{c.type === 'hash' ? row.row[c.name]?.slice(0, 12) : cellOf(c, row.row[c.name], words)}</span>,
              isNumeric(c) ? number : { ...(at === 0 ? { fixed: 'left' as const } : {}) },
            ),
          ),
          column<Row>(texts.columns.version, (row) => (
            <span className="figures">
              {minute(row.known_from)} {row.void && <Tag>{texts.void}</Tag>}
            </span>
          )),
          column<Row>(texts.columns.by, (row) => person(row.by)),
          column<Row>(
            '',
            (row) => (
              <span className="beside">
                <Button size="small" icon={<HistoryOutlined />} title={texts.history} aria-label={`${texts.history} ${keyOf(table, row.row)}`} onClick={() => set({ row: keyOf(table, row.row) })} />
                {mayLoad && !row.void && (
                  <Button size="small" danger onClick={() => setWithdrawn(row)}>
                    {texts.withdraw}
                  </Button>
                )}
              </span>
            ),
            { fixed: 'right' },
          ),
        ]}
      />
      <Loads table={table.table} />
      {filters.row && <RowHistory table={table} name={filters.row} close={() => set({ row: undefined })} />}
      {loading && <LoadForm table={table} close={() => setLoading(false)} />}
      {withdrawn && <WithdrawForm table={table} row={withdrawn} close={() => setWithdrawn(undefined)} />}
    </Page>
  );
}
