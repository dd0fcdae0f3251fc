import { useQuery } from '@tanstack/react-query';
import { DatePicker, Tag } from 'antd';
import dayjs from 'dayjs';
import { Suspense } from 'react';
import { client, type Schemas } from '../api/client';
import { useNow } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { day, localTime } from '../format';
import { FilterSelect } from '../shell/FilterSelect';
import { Loaded } from '../shell/Loaded';
import { Page, Section } from '../shell/Page';
import { PaperButton } from '../shell/PaperButton';
import { useFilters } from '../shell/useFilters';
import { Waiting } from '../shell/Waiting';
import { citiesQuery } from './read';
import { ReportFigures } from './ReportFigures';
import { ReportTables } from './ReportTables';
import { SealReport } from './SealReport';
import { useWatch } from './texts';
import { TrendChart } from './TrendChart';

// ReportPage is the monthly report of supervision, of the province or of a city: on the
// screen what its papers hold.
export function ReportPage() {
  const { report: texts, parameters } = useWatch();
  const identity = useIdentity();
  const now = useNow();
  const [filters, set] = useFilters('month', 'city');
  const cities = useQuery(citiesQuery).data ?? [];
  const month = filters.month ?? (now ? day(now).slice(0, 7) : '');
  const city = identity.city ?? filters.city ?? '';
  const query = useQuery({
    queryKey: ['supervision', month, city],
    queryFn: async ({ signal }) => {
      const { data, response } = await client.GET('/v1/reports/supervision', { params: { query: { month, ...(city ? { city } : {}), format: 'json' } }, signal });
      return { report: data as Schemas['Report'], sealed: response.headers.get('Claimwatch-Sealed') };
    },
    enabled: month !== '',
  });
  const paper = (format: 'pdf' | 'xlsx') => `/v1/reports/supervision?${new URLSearchParams({ month, ...(city ? { city } : {}), format }).toString()}`;
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        query.data && (
          <>
            <PaperButton path={paper('xlsx')} name={`supervision-${month}.xlsx`}>
              {texts.sheet}
            </PaperButton>
            <PaperButton path={paper('pdf')} name={`supervision-${month}.pdf`}>
              {texts.paper}
            </PaperButton>
            {query.data.report.complete && !query.data.sealed && has(identity, 'supervisor', 'reviewer', 'director') && <SealReport month={month} city={city} />}
          </>
        )
      }
      filters={
        <>
          <DatePicker picker="month" allowClear={false} value={month ? dayjs(month) : null} aria-label={texts.month} onChange={(value) => set({ month: value?.format('YYYY-MM') })} />
          {!identity.city && (
            <FilterSelect label={texts.city} none={parameters.province} value={city} onChange={(chosen) => set({ city: chosen })} options={cities.map((value) => ({ value, label: value }))} />
          )}
        </>
      }
    >
      <Loaded query={query} rows={14}>
        {({ report, sealed }) => (
          <>
            <p className="weak">
              <Tag color={sealed ? 'green' : report.complete ? 'blue' : 'gold'}>{sealed ? texts.sealed(sealed) : report.complete ? texts.complete : texts.running}</Tag>
              {texts.asOf(localTime(report.as_of))} {report.agency}
            </p>
            <ReportFigures report={report} />
            <Section title={texts.trend}>
              <Suspense fallback={<Waiting rows={6} />}>
                <TrendChart months={report.trend} label={texts.trend} />
              </Suspense>
            </Section>
            <ReportTables report={report} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
