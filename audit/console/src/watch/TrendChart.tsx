import { useMemo } from 'react';
import { Chart } from '../chart';
import { fen } from '../format';
import { useWatch } from './texts';

interface Month {
  month: string;
  charged: string;
  findings: number;
  at_issue: string;
  confirmed?: number;
  rejected?: string;
}

// sinceFirst leaves out the months before anything was charged; half a year is always shown.
export function sinceFirst<M extends Pick<Month, 'charged' | 'findings'>>(months: M[]): M[] {
  const first = months.findIndex((m) => m.findings > 0 || fen(m.charged) !== 0n);
  return months.slice(Math.min(first < 0 ? 0 : first, Math.max(0, months.length - 6)));
}

// TrendChart draws findings and yuan by month. Amounts are only drawn here: the tables
// hold them exactly.
export function TrendChart({ months: all, label }: { months: Month[]; label: string }) {
  const { profile: texts } = useWatch();
  const months = useMemo(() => sinceFirst(all), [all]);
  const option = useMemo(() => {
    const has = (name: 'confirmed' | 'rejected') => months.some((m) => m[name] !== undefined);
    const bar = (name: string, data: number[]) => ({ name, type: 'bar', barMaxWidth: 22, data });
    const line = (name: string, data: number[]) => ({ name, type: 'line', yAxisIndex: 1, symbolSize: 6, data });
    return {
      xAxis: { type: 'category', data: months.map((m) => m.month) },
      yAxis: [
        { type: 'value', name: texts.findings, minInterval: 1 },
        { type: 'value', name: texts.yuan, splitLine: { show: false } },
      ],
      series: [
        bar(texts.findings, months.map((m) => m.findings)),
        ...(has('confirmed') ? [bar(texts.confirmed, months.map((m) => m.confirmed ?? 0))] : []),
        line(texts.atIssue, months.map((m) => Number(m.at_issue))),
        ...(has('rejected') ? [line(texts.rejected, months.map((m) => Number(m.rejected ?? 0)))] : []),
      ],
    };
  }, [months, texts]);
  return <Chart label={label} option={option} height={230} />;
}
