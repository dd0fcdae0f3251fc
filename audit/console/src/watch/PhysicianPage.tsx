import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Suspense } from 'react';
import { Link, useParams } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { count } from '../format';
import { column, moneyColumn, number } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Page, Section } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { TopRules } from './InstitutionPage';
import { LatestFindings } from './LatestFindings';
import { useWatch } from './texts';
import { TrendChart } from './TrendChart';

type Row = Schemas['PhysicianRow'];

// PhysicianPage is the profile of a physician: where, how much, and what was found.
export function PhysicianPage() {
  const { id = '' } = useParams();
  const { physicians: texts, profile } = useWatch();
  const nameOf = useInstitutionName();
  const query = useQuery({
    queryKey: ['physician', id],
    queryFn: ({ signal }) => answered(client.GET('/v1/physicians/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Loaded query={query}>
      {(physician) => (
        <Page
          title={
            <>
              {physician.name_masked} <span className="code weak">{physician.physician_id}</span> {physician.suspended && <Tag color="red">{texts.suspended}</Tag>}
            </>
          }
          actions={
            <>
              <Link to="/physicians">{texts.back}</Link>
              <Link to={`/findings?physician_id=${encodeURIComponent(id)}`}>{texts.queue}</Link>
            </>
          }
        >
          <Section title={texts.trend}>
            <Suspense fallback={<Waiting rows={6} />}>
              <TrendChart months={physician.months} label={texts.trend} />
            </Suspense>
          </Section>
          <div className="halves">
            <Section title={texts.places}>
              <Table<Row>
                aria-label={texts.places}
                size="small"
                pagination={false}
                dataSource={physician.institutions}
                rowKey={(r) => r.institution_id}
                columns={[
                  column(texts.columns.institution, (r) => <Link to={`/institutions/${r.institution_id}`}>{nameOf(r.institution_id)}</Link>),
                  column(texts.columns.stays, (r) => count(r.stays), number),
                  moneyColumn(texts.columns.charged, (r) => r.charged),
                  column(texts.columns.findings, (r) => count(r.findings), number),
                  moneyColumn(texts.columns.atIssue, (r) => r.at_issue),
                ]}
              />
            </Section>
            <TopRules rules={physician.rules} physician={id} />
          </div>
          <Section title={profile.recent}>
            <LatestFindings filters={{ physician_id: id }} />
          </Section>
        </Page>
      )}
    </Loaded>
  );
}
