import { useQuery } from '@tanstack/react-query';
import { Segmented, Table } from 'antd';
import { Link } from 'react-router';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { count } from '../format';
import { usePreferences } from '../preferences';
import { useCodes } from '../registers/texts';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column, number } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Nothing } from '../shell/Nothing';
import { Facts, Page } from '../shell/Page';
import { RuleSelect } from '../shell/RuleSelect';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import { sumsQuery, type Sum } from './read';
import { share, tallyBy, type Tally } from './tally';
import { useWatch } from './texts';

type Row = Tally & { key: string };

// CoveragePage says what could not be evaluated, and why: a rule that is not evaluated
// has not been passed.
export function CoveragePage() {
  const { coverage: texts } = useWatch();
  const { reasons } = useCodes();
  const { language } = usePreferences();
  const [{ by: asked, ...filters }, set] = useFilters('institution_id', 'rule', 'by');
  const by = asked ?? (filters.rule ? 'institution' : 'rule');
  const nameOf = useInstitutionName();
  const library = useQuery(rulesQuery).data;
  const query = useQuery(sumsQuery(filters));
  const nameOfRule = (code: string) => `${code} ${library?.get(code)?.name[language] ?? ''}`;
  const keyOf = (sum: Sum) => (by === 'rule' ? sum.rule : sum.institution_id);
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      filters={
        <>
          <Segmented
            value={by}
            onChange={(value) => set({ by: value })}
            options={[
              { value: 'rule', label: texts.byRule },
              { value: 'institution', label: texts.byInstitution },
            ]}
          />
          <InstitutionSelect value={filters.institution_id} onChange={(institution_id) => set({ institution_id })} />
          <RuleSelect value={filters.rule} onChange={(rule) => set({ rule })} />
        </>
      }
    >
      <Loaded query={query}>
        {(sums) => {
          if (sums.length === 0) return <Nothing title={texts.empty} hint={texts.emptyHint} />;
          const rows: Row[] = [...tallyBy(sums, keyOf)].map(([key, tally]) => ({ key, ...tally }));
          rows.sort((a, b) => b.not_evaluated - a.not_evaluated || a.key.localeCompare(b.key));
          const whole = tallyBy(sums, () => '').get('')!;
          return (
            <>
              <Facts
                facts={[
                  [texts.columns.evaluated, share(whole.hit + whole.pass, whole.stays)],
                  [texts.columns.stays, count(whole.stays)],
                  [texts.columns.hit, count(whole.hit)],
                  [texts.columns.pass, count(whole.pass)],
                  [texts.columns.missed, count(whole.not_evaluated)],
                ]}
              />
              <Table<Row>
                aria-label={texts.title}
                size="small"
                pagination={false}
                sticky
                dataSource={rows}
                rowKey={(r) => r.key}
                columns={[
                  column(by === 'rule' ? texts.columns.rule : texts.columns.institution, (r) => (
                    <Link to={by === 'rule' ? `/coverage?rule=${r.key}` : `/coverage?institution_id=${r.key}`}>{by === 'rule' ? nameOfRule(r.key) : nameOf(r.key)}</Link>
                  )),
                  column(texts.columns.stays, (r) => count(r.stays), number),
                  column(texts.columns.hit, (r) => count(r.hit), number),
                  column(texts.columns.pass, (r) => count(r.pass), number),
                  column(texts.columns.missed, (r) => count(r.not_evaluated), number),
                  column(texts.columns.missedShare, (r) => share(r.not_evaluated, r.stays), number),
                  column(texts.columns.why, (r) => (
                    <span className="words wide">
                      {r.reasons.map(([reason, stays]) => (
                        <div key={reason}>
                          {wordOf(reasons, reason)} <span className="weak figures">{count(stays)}</span>
                        </div>
                      ))}
                    </span>
                  )),
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
