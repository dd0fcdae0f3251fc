import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Suspense, useMemo } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { Chart } from '../chart';
import { count, minute } from '../format';
import { column, number } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Facts, Section } from '../shell/Page';
import { useMend } from '../shell/refusals';
import { Waiting } from '../shell/Waiting';
import { useTexts, wordOf } from '../text';
import { written } from './measures';
import { healthQuery } from './read';
import { useWatch } from './texts';

type Health = Schemas['UploadHealth'];

// UploadHealth is how an institution uploads: silence, lateness, completeness, refusals.
export function UploadHealth({ institution }: { institution: string }) {
  const { health: texts, institutions } = useWatch();
  const mend = useMend();
  const { units } = useTexts();
  const hours = (n: number | null | undefined) => (n === null || n === undefined ? units.none : texts.hours(n.toFixed(1)));
  return (
    <Loaded query={useQuery(healthQuery(institution))}>
      {(health) => (
        <>
          <Facts
            facts={[
              [texts.last, health.last_upload ? minute(health.last_upload) : institutions.never],
              [
                texts.silent,
                <>
                  {hours(health.silent_hours)} {health.silent && <Tag color="gold">{texts.isSilent}</Tag>}
                </>,
              ],
              [texts.usual, hours(health.usual_gap_hours)],
              [texts.median, hours(health.lateness.median_hours)],
              [texts.late, texts.lateShare(written(health.lateness.late_share, 'share'), String(health.lateness.limit_hours))],
              [
                texts.refused,
                health.refused.length === 0
                  ? units.none
                  : health.refused.map((r) => (
                      <Link key={r.code} to={`/quarantine?institution_id=${institution}&code=${r.code}`}>
                        <Tag>{`${mend(r.code).what} ${count(r.records)}`}</Tag>
                      </Link>
                    )),
              ],
            ]}
          />
          <Section title={texts.uploads}>
            {health.days.length === 0 ? (
              <p className="weak">{texts.noUploads}</p>
            ) : (
              <Suspense fallback={<Waiting rows={5} />}>
                <DayChart days={health.days} />
              </Suspense>
            )}
          </Section>
          <Section title={texts.completeness}>
            <Table<Health['completeness'][number]>
              aria-label={texts.completeness}
              className="narrow-table"
              size="small"
              pagination={false}
              dataSource={health.completeness}
              rowKey={(c) => c.name}
              columns={[
                column(texts.columns.what, (c) => wordOf(texts.names, c.name)),
                column(texts.columns.missing, (c) => count(c.missing), number),
                column(texts.columns.of, (c) => count(c.of), number),
                column(texts.columns.share, (c) => (c.of ? written(c.share, 'share') : ''), number),
                column(texts.columns.rule, (c) => (c.rule ? <Link to={`/findings?institution_id=${institution}&rule=${c.rule}`}>{c.rule}</Link> : '')),
              ]}
            />
            <p>
              <Link to={`/coverage?institution_id=${institution}&by=rule`}>{texts.missed}</Link>
            </p>
          </Section>
        </>
      )}
    </Loaded>
  );
}

function DayChart({ days }: { days: Health['days'] }) {
  const { health: texts } = useWatch();
  const option = useMemo(() => {
    const bar = (name: string, of: (d: Health['days'][number]) => number) => ({ name, type: 'bar', stack: 'records', barMaxWidth: 18, data: days.map(of) });
    return {
      xAxis: { type: 'category', data: days.map((d) => d.day.slice(5)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [bar(texts.accepted, (d) => d.accepted), bar(texts.duplicate, (d) => d.duplicate), bar(texts.refusedShort, (d) => d.refused)],
    };
  }, [days, texts]);
  return <Chart label={texts.uploads} option={option} height={200} />;
}
