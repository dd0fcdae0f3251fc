import { skipToken, useQuery, type InfiniteData } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { mayDecide, useIdentity } from '../api/session';
import { usePreferences } from '../preferences';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Money } from '../shell/Money';
import { Section } from '../shell/Page';
import { useAct } from '../shell/useAct';
import { useTexts, wordOf } from '../text';
import { Points } from './Dossier';
import { touched, type Matter } from './matters';
import { StepDialog } from './StepDialog';
import { useMeasures, useWords } from './texts';
import { valueWord } from './words';

type Recommended = Schemas['Recommended'];
type Recommendation = Schemas['Recommendation'];
type Stated = Schemas['StatedRule'];

const read = (cursor: string, signal: AbortSignal) => answered(client.GET('/v1/sanctions/recommendations', { params: { query: { cursor } }, signal }));

// Recommendations are what the data of institutions would support by stated rules, with
// what speaks against it. Nothing is kept until somebody opens a measure.
export function Recommendations() {
  const { sanctions, dossier } = useMeasures();
  const { queue } = useTexts();
  const words = useWords();
  const [chosen, setChosen] = useState<{ of: Recommended; what: Recommendation }>();
  const identity = useIdentity();
  return (
    <>
      <Listing<Recommended & { what: Recommendation }>
        name={['recommendations']}
        read={async (cursor, signal) => {
          const page = await read(cursor, signal);
          return { ...page, items: page.items.flatMap((of) => of.recommendations.map((what) => ({ ...of, what }))) };
        }}
        rowKey={(row) => `${row.institution_id}|${row.what.measure}`}
        label={sanctions.recommended}
        empty={sanctions.none}
        hint={sanctions.noneHint}
        below={(row) => (
          <div className="two-columns">
            <Section title={dossier.for}>
              <Points points={row.what.for ?? []} />
            </Section>
            <Section title={dossier.against}>
              {(row.what.against ?? []).length > 0 ? <Points points={row.what.against!} against /> : <p className="weak">{dossier.nothingAgainst}</p>}
            </Section>
          </div>
        )}
        columns={[
          column(queue.institution, (row) => row.name),
          column(sanctions.city, (row) => row.city),
          column(sanctions.measure, (row) => <Tag color="volcano">{wordOf(words.words, row.what.measure)}</Tag>),
          column(dossier.grounds, (row) => (row.what.grounds ?? []).map((g) => valueWord(words, g)).join(' ')),
          column(words.facts.months, (row) => row.what.months ?? '', { align: 'right' }),
          column(sanctions.points, (row) => `${row.what.for?.length ?? 0} / ${row.what.against?.length ?? 0}`, { align: 'right' }),
          moneyColumn(queue.columns.amount, (row) => row.what.amount),
          column(
            '',
            (row) =>
              mayDecide(identity) && (
                <Button size="small" type="primary" onClick={() => setChosen({ of: row, what: row.what })}>
                  {sanctions.take}
                </Button>
              ),
          ),
        ]}
      />
      <Rules />
      {chosen && <TakeUp of={chosen.of} what={chosen.what} close={() => setChosen(undefined)} />}
    </>
  );
}

// TakeUp opens a measure with the dossier that the data give.
function TakeUp({ of, what, close }: { of: Recommended; what: Recommendation; close: () => void }) {
  const { sanctions } = useMeasures();
  const words = useWords();
  const { units } = useTexts();
  const navigate = useNavigate();
  const { act, busy, problem } = useAct<string, Matter>({
    send: (reason, key) =>
      answered(
        client.POST('/v1/sanctions', {
          params: { header: { 'Idempotency-Key': key } },
          body: { institution_id: of.institution_id, measure: what.measure as Schemas['SanctionBody']['measure'], by_data: true, reason },
        }),
      ),
    stale: touched('sanctions'),
    done: (made) => void navigate(`/sanctions/${made.id}`),
  });
  return (
    <StepDialog
      title={sanctions.take}
      about={
        <>
          <p>
            <b>
              {of.name} · {wordOf(words.words, what.measure)}
            </b>{' '}
            <Money amount={what.amount} /> {units.yuan}
          </p>
          <p>{sanctions.takeAbout}</p>
        </>
      }
      fields={[]}
      plain
      busy={busy}
      problem={problem}
      send={({ reason }) => void act(reason.trim())}
      close={close}
    />
  );
}

// Rules are the stated rules by which recommendations come about.
function Rules() {
  const { sanctions } = useMeasures();
  const { language } = usePreferences();
  const words = useWords();
  // They come with the list above: working that out twice would take twice as long.
  const listed = useQuery<InfiniteData<{ table: Stated[] }>>({ queryKey: ['recommendations'], queryFn: skipToken }).data;
  const table = listed?.pages[0]?.table;
  if (!table) return null;
  return (
    <div className="apart">
      <Section title={sanctions.rules}>
      <Table<Stated>
        size="small"
        aria-label={sanctions.rules}
        pagination={false}
        dataSource={table}
        rowKey={(rule) => rule.code}
        columns={[
          column(sanctions.code, (rule) => <span className="code">{rule.code}</span>, { width: 80 }),
          column(sanctions.measure, (rule) => wordOf(words.words, rule.measure), { width: 190 }),
          column(sanctions.says, (rule) => (language === 'zh' ? rule.says_zh : rule.says)),
        ]}
      />
      </Section>
    </div>
  );
}
