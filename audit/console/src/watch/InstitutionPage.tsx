import { useQuery } from '@tanstack/react-query';
import { Table, Tabs, Tag } from 'antd';
import { Suspense } from 'react';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import type { Schemas } from '../api/client';
import { rulesQuery } from '../api/reference';
import { isHospital, useIdentity } from '../api/session';
import { count, money } from '../format';
import { usePreferences } from '../preferences';
import { column, moneyColumn, number } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Facts, Page, Section } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { useTexts, wordOf } from '../text';
import { agreementColor } from './InstitutionsPage';
import { LatestFindings } from './LatestFindings';
import { written } from './measures';
import { MonthsTable } from './MonthsTable';
import { profileQuery } from './read';
import { useWatch } from './texts';
import { TrendChart } from './TrendChart';
import { UploadHealth } from './UploadHealth';

type Profile = Schemas['Profile'];
type Measure = Profile['measures'][number];

// InstitutionPage is the profile of an institution: trend, peers, rules, findings,
// agreements, and the quality of what it uploads. An institution sees the last of these on
// a page of its own.
export function InstitutionPage() {
  const { id = '' } = useParams();
  return isHospital(useIdentity()) ? <Navigate to="/our/health" replace /> : <Whole id={id} />;
}

function Whole({ id }: { id: string }) {
  const { profile: texts, institutions: words, health } = useWatch();
  const { units } = useTexts();
  const [address, setAddress] = useSearchParams();
  return (
    <Loaded query={useQuery(profileQuery(id, ''))}>
      {(profile) => {
        const { institution } = profile;
        return (
          <Page
            title={
              <>
                {institution.name} <span className="code weak">{institution.institution_id}</span>{' '}
                <Tag color={agreementColor(institution.agreement)}>{wordOf(words.states, institution.agreement)}</Tag>
              </>
            }
            actions={
              <>
                <Link to="/institutions">{texts.back}</Link>
                <Link to={`/findings?institution_id=${institution.institution_id}`}>{texts.queue}</Link>
              </>
            }
          >
            <Facts
              facts={[
                [words.columns.city, institution.city],
                [words.columns.level, words.level(String(institution.level))],
                [words.columns.kind, wordOf(words.kinds, institution.kind)],
                [words.columns.open, count(institution.open_findings)],
                [words.columns.atIssue, money(institution.at_issue)],
                [words.columns.stays, count(institution.stays)],
                [words.columns.charged, money(institution.charged)],
              ]}
            />
            <Tabs
              activeKey={address.get('tab') ?? 'trend'}
              onChange={(tab) => setAddress(tab === 'trend' ? {} : { tab }, { replace: true })}
              items={[
                {
                  key: 'trend',
                  label: texts.trend,
                  children: (
                    <>
                      <Suspense fallback={<Waiting rows={6} />}>
                        <TrendChart months={profile.months} label={texts.trend} />
                      </Suspense>
                      <div className="halves">
                        <Measures measures={profile.measures} />
                        <TopRules rules={profile.rules} institution={institution.institution_id} />
                      </div>
                      <Section title={texts.recent}>
                        <LatestFindings filters={{ institution_id: institution.institution_id }} />
                      </Section>
                    </>
                  ),
                },
                { key: 'months', label: texts.months, children: <MonthsTable months={profile.months} /> },
                { key: 'uploads', label: health.title, children: <UploadHealth institution={institution.institution_id} /> },
                {
                  key: 'agreements',
                  label: texts.agreements,
                  children: (
                    <Table<Profile['agreements'][number]>
                      aria-label={texts.agreements}
                      className="narrow-table"
                      size="small"
                      pagination={false}
                      dataSource={profile.agreements}
                      rowKey={(a) => `${a.kind}|${a.from}`}
                      locale={{ emptyText: texts.noAgreements }}
                      columns={[
                        column(texts.agreementColumns.kind, (a) => wordOf(words.kinds, a.kind)),
                        column(texts.agreementColumns.id, (a) => <span className="code">{a.agreement_id}</span>),
                        column(texts.agreementColumns.state, (a) => <Tag color={agreementColor(a.status)}>{wordOf(words.states, a.status)}</Tag>),
                        column(texts.agreementColumns.days, (a) => <span className="figures">{units.until(a.from, a.until ?? texts.open)}</span>),
                      ]}
                    />
                  ),
                },
              ]}
            />
          </Page>
        );
      }}
    </Loaded>
  );
}

// Measures holds an institution against its peers; outliers are named, not only colored.
function Measures({ measures }: { measures: Measure[] }) {
  const { profile: texts } = useWatch();
  const peers = measures[0]?.peers ?? 0;
  const enough = measures.some((m) => m.enough_peers);
  return (
    <Section title={texts.measures} extra={<span className="weak">{enough ? texts.peers(String(peers)) : texts.fewPeers(String(peers))}</span>}>
      <Table<Measure>
        aria-label={texts.measures}
        size="small"
        pagination={false}
        dataSource={measures}
        rowKey={(m) => m.name}
        columns={[
          column(texts.columns.measure, (m) => (
            <>
              {wordOf(texts.names, m.name)} <span className="weak">{texts.unitsOf[m.unit]}</span>
            </>
          )),
          column(texts.columns.value, (m) => <b>{written(m.value, m.unit)}</b>, number),
          column(texts.columns.median, (m) => written(m.median, m.unit), number),
          column(texts.columns.quartiles, (m) => (m.enough_peers ? `${written(m.p25, m.unit)} – ${written(m.p75, m.unit)}` : ''), number),
          column(texts.columns.percentile, (m) => (m.enough_peers && typeof m.percentile === 'number' ? texts.percentile(`${Math.round(100 * m.percentile)}%`) : ''), number),
          column(texts.columns.outlier, (m) => (m.outlier ? <Tag color={m.outlier === 'high' ? 'red' : 'gold'}>{wordOf(texts.outliers, m.outlier)}</Tag> : '')),
        ]}
      />
    </Section>
  );
}

// TopRules are the rules under which most is at issue, each leading to its findings.
export function TopRules({ rules, institution, physician }: { rules: Schemas['RuleCount'][]; institution?: string; physician?: string }) {
  const { profile: texts } = useWatch();
  const { language } = usePreferences();
  const library = useQuery(rulesQuery).data;
  const search = (rule: string) => new URLSearchParams({ ...(institution ? { institution_id: institution } : {}), ...(physician ? { physician_id: physician } : {}), rule }).toString();
  return (
    <Section title={texts.rules}>
      <Table<Schemas['RuleCount']>
        aria-label={texts.rules}
        size="small"
        pagination={false}
        dataSource={rules}
        rowKey={(r) => r.name}
        locale={{ emptyText: texts.noRules }}
        columns={[
          column(texts.ruleColumns.rule, (r) => (
            <Link to={`/findings?${search(r.name)}`}>
              <span className="code">{r.name}</span> {library?.get(r.name)?.name[language]}
            </Link>
          )),
          column(texts.ruleColumns.findings, (r) => count(r.findings), number),
          moneyColumn(texts.ruleColumns.amount, (r) => r.amount),
        ]}
      />
    </Section>
  );
}
