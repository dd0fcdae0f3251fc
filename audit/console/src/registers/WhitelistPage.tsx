import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answered, client } from '../api/client';
import { usePerson } from '../api/people';
import { rulesQuery, useInstitutionName, useNow } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { day } from '../format';
import { usePreferences } from '../preferences';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { useTexts } from '../text';
import { tablesQuery } from './read';
import { useRegisters } from './texts';
import type { Row } from './values';
import { WhitelistForm } from './WhitelistForm';
import { WithdrawForm } from './WithdrawForm';

// WhitelistPage shows what is exempt from a rule, why, for whom it is answered, and until
// when. What a row suppresses stays visible in the queue.
export function WhitelistPage() {
  const { whitelist: texts, tables: words } = useRegisters();
  const { units } = useTexts();
  const { language } = usePreferences();
  const [filters, set] = useFilters('void');
  const withVoid = filters.void === 'true';
  const nameOf = useInstitutionName();
  const person = usePerson();
  const library = useQuery(rulesQuery).data;
  const table = useQuery(tablesQuery).data?.find((t) => t.table === 'whitelist');
  const now = useNow();
  const [edited, setEdited] = useState<Row | 'new'>();
  const [withdrawn, setWithdrawn] = useState<Row>();
  const may = has(useIdentity(), 'administrator');
  const state = ({ row, void: gone }: Row) => {
    if (gone) return <Tag>{words.void}</Tag>;
    return now && row['expires_on']! < day(now) ? <Tag color="gold">{texts.expired}</Tag> : <Tag color="green">{texts.inForce}</Tag>;
  };
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {texts.add}
          </Button>
        )
      }
      filters={
        <Checkbox checked={withVoid} onChange={(event) => set({ void: event.target.checked ? 'true' : undefined })}>
          {words.withVoid}
        </Checkbox>
      }
    >
      <Listing<Row>
        name={['rows', 'whitelist', withVoid]}
        read={(cursor, signal) => answered(client.GET('/v1/reference/{table}', { params: { path: { table: 'whitelist' }, query: { cursor, void: withVoid } }, signal }))}
        rowKey={({ row }) => row['whitelist_id']!}
        label={texts.title}
        empty={texts.empty}
        hint={texts.emptyHint}
        columns={[
          column(texts.columns.id, ({ row }) => <span className="code">{row['whitelist_id']}</span>),
          column(texts.columns.state, state),
          column(texts.columns.rule, ({ row }) => (
            <Link to={`/rules/${row['rule']}`}>
              {row['rule']} {library?.get(row['rule']!)?.name[language]}
            </Link>
          )),
          column(texts.columns.institution, ({ row }) => (row['institution_id'] ? nameOf(row['institution_id']) : <span className="weak">{texts.all}</span>)),
          column(texts.columns.person, ({ row }) => row['person_id'] ?? <span className="weak">{texts.all}</span>),
          column(texts.columns.narrowed, ({ row }) => [row['diagnosis_prefix'], row['series_id']].filter(Boolean).join(units.and) || units.none),
          column(texts.columns.reason, ({ row }) => <span className="words wide">{row['reason']}</span>),
          column(texts.columns.owner, ({ row }) => row['owner']),
          column(texts.columns.until, ({ row }) => <span className="figures">{row['expires_on']}</span>),
          column(texts.columns.by, (row) => person(row.by)),
          column(
            '',
            (row) =>
              may &&
              !row.void && (
                <span className="beside">
                  <Button size="small" onClick={() => setEdited(row)}>
                    {texts.change}
                  </Button>
                  <Button size="small" danger onClick={() => setWithdrawn(row)}>
                    {words.withdraw}
                  </Button>
                </span>
              ),
          ),
        ]}
      />
      {edited && table && <WhitelistForm table={table} row={edited === 'new' ? undefined : edited} close={() => setEdited(undefined)} />}
      {withdrawn && table && <WithdrawForm table={table} row={withdrawn} close={() => setWithdrawn(undefined)} />}
    </Page>
  );
}
