import { useMemo } from 'react';
import { Chart } from '../chart';
import { fen } from '../format';
import type { Backtest } from './read';
import { useWatch } from './texts';

type Month = NonNullable<NonNullable<Backtest['result']>['by_month']>[number];

// ComparisonChart draws findings and yuan by month, as they stand and as they would be.
// Amounts are only drawn here: the tables hold them exactly.
export function ComparisonChart({ months }: { months: Month[] }) {
  const { backtests: texts } = useWatch();
  const option = useMemo(() => {
    const bar = (name: string, of: (m: Month) => number) => ({ name, type: 'bar', stack: 'findings', barMaxWidth: 36, data: months.map(of) });
    const line = (name: string, of: (m: Month) => string) => ({ name, type: 'line', yAxisIndex: 1, symbolSize: 7, data: months.map((m) => Number(of(m))) });
    const amounts = months.some((m) => fen(m.amount_before) + fen(m.amount_now) > 0n); // rules of reminders come to nothing
    return {
      xAxis: { type: 'category', data: months.map((m) => m.month) },
      yAxis: [
        { type: 'value', name: texts.columns.findings, minInterval: 1 },
        { type: 'value', show: amounts, name: texts.yuan, splitLine: { show: false } },
      ],
      series: [
        bar(texts.both, (m) => m.both),
        bar(texts.onlyBefore, (m) => m.only_before),
        bar(texts.onlyNow, (m) => m.only_now),
        ...(amounts ? [line(texts.columns.before, (m) => m.amount_before), line(texts.columns.now, (m) => m.amount_now)] : []),
      ],
    };
  }, [months, texts]);
  return <Chart label={texts.byMonth} option={option} height={260} />;
}
