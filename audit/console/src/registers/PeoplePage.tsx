import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { usePerson } from '../api/people';
import type { Role } from '../api/session';
import { count } from '../format';
import { Loaded } from '../shell/Loaded';
import { column, moneyColumn, number } from '../shell/Listing';
import { Page, Section } from '../shell/Page';
import { PeriodField } from '../shell/PeriodField';
import { useFilters } from '../shell/useFilters';
import { useTexts, wordOf } from '../text';
import { useCodes, useRegisters, useTables } from './texts';

type Keeper = Schemas['PeopleReport']['keys'][number];
type Pair = Schemas['PeopleReport']['pairs'][number];

// PeoplePage looks after the separation of duties: who did what, and who checked whom.
export function PeoplePage() {
  const { people: texts, journal } = useRegisters();
  const { names } = useTables();
  const { types } = useCodes();
  const { roles, units, actions, queue } = useTexts();
  const colleague = usePerson();
  const person = (id: string) => (id === 'system' ? journal.system : colleague(id));
  const words = { ...types, ...names, ...actions };
  const [period, set] = useFilters('from', 'until');
  const query = useQuery({
    queryKey: ['duties', period],
    queryFn: ({ signal }) => answered(client.GET('/v1/journal/people', { params: { query: period }, signal })),
  });
  const hours = (seconds: number | null | undefined) => (seconds === null || seconds === undefined ? '' : texts.hours((seconds / 3600).toFixed(1)));
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={<PeriodField label={queue.period} from={period.from} until={period.until} set={set} />}
    >
      <Loaded query={query}>
        {({ keys, pairs }) => (
          <>
            <Section title={texts.keys}>
              <Table<Keeper>
                aria-label={texts.keys}
                size="small"
                pagination={false}
                dataSource={keys}
                rowKey={(k) => k.key}
                scroll={{ x: 'max-content' }}
                columns={[
                  column(texts.columns.who, (k) => <Link to={`/journal?actor=${k.key}`}>{person(k.key)}</Link>),
                  column(texts.columns.roles, (k) => k.roles.map((role) => roles[role as Role]).join(units.and)),
                  column(texts.columns.entries, (k) => count(k.entries), number),
                  column(texts.columns.counts, (k) => (
                    <span className="words wide">
                      {k.counts.map((c) => (
                        <Tag key={`${c.type}|${c.what}`}>{`${wordOf(words, c.what || c.type)} ${count(c.n)}`}</Tag>
                      ))}
                    </span>
                  )),
                  moneyColumn(texts.columns.rejected, (k) => k.rejected),
                  moneyColumn(texts.columns.given, (k) => k.given_back),
                  moneyColumn(texts.columns.released, (k) => k.released),
                  column(texts.columns.maker, (k) => count(k.maker), number),
                  column(texts.columns.checker, (k) => count(k.checker), number),
                  column(texts.columns.waited, (k) => hours(k.decided_after_seconds), number),
                ]}
              />
            </Section>
            <Section title={texts.pairs}>
              <Table<Pair>
                aria-label={texts.pairs}
                size="small"
                pagination={false}
                dataSource={pairs}
                rowKey={(p) => `${p.maker}|${p.checker}`}
                locale={{ emptyText: texts.noPairs }}
                columns={[
                  column(texts.columns.proposer, (p) => person(p.maker)),
                  column(texts.columns.confirmer, (p) => person(p.checker)),
                  column(texts.columns.confirmed, (p) => count(p.confirmed), number),
                  column(texts.columns.declined, (p) => count(p.declined), number),
                  moneyColumn(texts.columns.rejected, (p) => p.rejected),
                  column(texts.columns.mutual, (p) => (p.mutual ? <Tag color="gold">{texts.mutual}</Tag> : '')),
                ]}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
