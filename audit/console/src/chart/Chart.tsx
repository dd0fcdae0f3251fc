import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { theme } from 'antd';
import { useEffect, useRef } from 'react';

register([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

interface Props {
  label: string; // what a screen reader says
  option: EChartsCoreOption;
  height?: number;
}

// Chart draws as SVG, which prints well. Tooltips are drawn too: one of HTML would write
// styles that the content security policy refuses.
export function Chart({ label, option, height = 240 }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { token } = theme.useToken();
  useEffect(() => {
    const chart = init(place.current, undefined, { renderer: 'svg' });
    // What ECharts draws axes with by itself is for white pages.
    const axis = (given: unknown): unknown =>
      Array.isArray(given)
        ? given.map(axis)
        : given && {
            axisLabel: { color: token.colorTextSecondary },
            nameTextStyle: { color: token.colorTextSecondary },
            axisLine: { lineStyle: { color: token.colorBorder } },
            splitLine: { lineStyle: { color: token.colorBorderSecondary } },
            ...given,
          };
    chart.setOption({
      color: [token.colorPrimary, token.orange6, token.green6, token.purple6, token.cyan6],
      textStyle: { fontFamily: token.fontFamily, color: token.colorText },
      animation: false,
      grid: { left: 8, right: 16, top: 36, bottom: 8, outerBoundsMode: 'same' },
      legend: { top: 4, textStyle: { color: token.colorTextSecondary } },
      tooltip: { trigger: 'axis', renderMode: 'richText', backgroundColor: token.colorBgElevated, textStyle: { color: token.colorText }, borderColor: token.colorBorder },
      aria: { enabled: true, decal: { show: false } },
      ...option,
      ...('xAxis' in option ? { xAxis: axis(option['xAxis']), yAxis: axis(option['yAxis']) } : {}),
    });
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current!);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [option, token]);
  return <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />;
}
