import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { save } from '../api/files';
import { colleaguesQuery, usePerson } from '../api/people';
import { localTime } from '../format';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useTexts, wordOf } from '../text';
import { Checkpoint } from './Checkpoint';
import { Proof } from './Proof';
import { useFaults, useRegisters, useTables } from './texts';

type Entry = Schemas['EntryView'];

const filterNames = ['actor', 'type', 'from', 'until'] as const;

// JournalPage is who did what, entry by entry, newest first: a chain of hashes, under
// signed heads, that nobody can change unseen.
export function JournalPage() {
  const { journal: texts } = useRegisters();
  const { types } = useFaults();
  const { names } = useTables();
  const { queue } = useTexts();
  const { message } = App.useApp();
  const person = usePerson();
  const people = useQuery(colleaguesQuery).data;
  const [proven, setProven] = useState<Entry>();
  const [heading, setHeading] = useState(false);
  const [address, setAddress] = useSearchParams();
  const filters = Object.fromEntries(filterNames.flatMap((name) => (address.get(name) ? [[name, address.get(name)!]] : [])));
  const set = (more: Record<string, string | null | undefined>) => {
    const next = new URLSearchParams(address);
    for (const [name, value] of Object.entries(more)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setAddress(next, { replace: true });
  };
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        <>
          <Button onClick={() => setHeading(true)}>{texts.checkpoint}</Button>
          <Button icon={<DownloadOutlined />} onClick={() => void save('/v1/journal/export', 'journal.ndjson').catch((error: Error) => message.error(error.message))}>
            {texts.export}
          </Button>
        </>
      }
      filters={
        <>
          <Select
            className="wide-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={texts.columns.actor}
            aria-label={texts.columns.actor}
            value={filters['actor'] ?? null}
            onChange={(actor: string | null) => set({ actor })}
            options={[{ value: 'system', label: texts.system }, ...[...(people?.values() ?? [])].map((p) => ({ value: p.key_id, label: p.name }))]}
          />
          <Select
            className="wide-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={texts.columns.type}
            aria-label={texts.columns.type}
            value={filters['type'] ?? null}
            onChange={(type: string | null) => set({ type })}
            options={Object.entries(types).map(([value, label]) => ({ value, label }))}
          />
          <DatePicker.RangePicker
            allowEmpty
            aria-label={queue.period}
            value={[filters['from'] ? dayjs(filters['from']) : null, filters['until'] ? dayjs(filters['until']).subtract(1, 'day') : null]}
            onChange={(range) => set({ from: range?.[0]?.format('YYYY-MM-DD'), until: range?.[1]?.add(1, 'day').format('YYYY-MM-DD') })}
          />
        </>
      }
    >
      <Listing<Entry>
        name={['journal', filters]}
        read={(cursor, signal) => answered(client.GET('/v1/journal', { params: { query: { ...filters, order: 'newest', cursor } }, signal }))}
        rowKey={(entry) => String(entry.seq)}
        label={texts.title}
        empty={texts.empty}
        hint={texts.emptyHint}
        below={(entry) => <pre className="raw">{pretty(entry.entry)}</pre>}
        columns={[
          column(texts.columns.seq, (entry) => entry.seq, { align: 'right', className: 'number' }),
          column(texts.columns.at, (entry) => <span className="figures">{localTime(entry.at)}</span>),
          column(texts.columns.type, (entry) => wordOf(types, entry.type)),
          column(texts.columns.actor, (entry) => (entry.actor === 'system' ? texts.system : person(entry.actor))),
          column(texts.columns.about, (entry) => {
            const table = tableOf(entry);
            if (table) return <Link to={`/tables/${table}`}>{wordOf(names, table)}</Link>;
            return entry.finding_id ? <Link to={`/findings/${entry.finding_id}`}>{texts.finding}</Link> : null;
          }),
          column(texts.columns.reason, (entry) => <span className="words wide">{entry.reason}</span>),
          column(texts.columns.hash, (entry) => (
            <Button type="link" size="small" className="code" aria-label={`${texts.prove} ${entry.seq} ${entry.sha256.slice(0, 12)}`} onClick={() => setProven(entry)}>
              {entry.sha256.slice(0, 12)}
            </Button>
          )),
        ]}
      />
      {proven && <Proof entry={proven} close={() => setProven(undefined)} />}
      {heading && <Checkpoint close={() => setHeading(false)} />}
    </Page>
  );
}

// tableOf is the table that an entry has loaded rows of.
const tableOf = (entry: Entry): string | undefined =>
  entry.type === 'reference_load' ? (JSON.parse(entry.entry) as { command?: { payload?: { table?: string } } }).command?.payload?.table : undefined;

// pretty breaks the one line of an entry; the hash is of the line as it was.
const pretty = (entry: string): string => {
  try {
    return JSON.stringify(JSON.parse(entry), null, 2);
  } catch {
    return entry;
  }
};
