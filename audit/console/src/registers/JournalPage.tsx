import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { save } from '../api/files';
import { colleaguesQuery, usePerson } from '../api/people';
import { localTime } from '../format';
import { FilterSelect } from '../shell/FilterSelect';
import { column, Listing, number } from '../shell/Listing';
import { Page } from '../shell/Page';
import { PeriodField } from '../shell/PeriodField';
import { useFilters } from '../shell/useFilters';
import { useTexts, wordOf } from '../text';
import { Checkpoint } from './Checkpoint';
import { Proof } from './Proof';
import { useCodes, useRegisters, useTables } from './texts';

type Entry = Schemas['EntryView'];

// JournalPage is who did what, entry by entry, newest first: a chain of hashes, under
// signed heads, that nobody can change unseen.
export function JournalPage() {
  const { journal: texts } = useRegisters();
  const { types } = useCodes();
  const { names } = useTables();
  const { queue } = useTexts();
  const { message } = App.useApp();
  const person = usePerson();
  const people = useQuery(colleaguesQuery).data;
  const [proven, setProven] = useState<Entry>();
  const [heading, setHeading] = useState(false);
  const [filters, set] = useFilters('actor', 'type', 'from', 'until');
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
          <FilterSelect
            many
            label={texts.columns.actor}
            value={filters.actor}
            onChange={(actor) => set({ actor })}
            options={[{ value: 'system', label: texts.system }, ...[...(people?.values() ?? [])].map((p) => ({ value: p.key_id, label: p.name }))]}
          />
          <FilterSelect many label={texts.columns.type} value={filters.type} onChange={(type) => set({ type })} options={Object.entries(types).map(([value, label]) => ({ value, label }))} />
          <PeriodField label={queue.period} from={filters.from} until={filters.until} set={set} />
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
          column(texts.columns.seq, (entry) => entry.seq, number),
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
