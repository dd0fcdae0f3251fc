// The parts of a board. Every literal is typed by @grafana/schema, which Grafana
// publishes from the schema of its dashboards and of each kind of panel: what the
// schema does not know does not compile.
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  FieldColorModeId,
  GraphDrawStyle,
  LegendDisplayMode,
  PercentChangeColorMode,
  SortOrder,
  StackingMode,
  TableCellHeight,
  ThresholdsMode,
  TooltipDisplayMode,
  VizOrientation,
  type DashboardLink,
  type DataQuery,
  type DataSourceRef,
  type DataTransformerConfig,
  type FieldConfigSource,
  type GraphFieldConfig,
  type Panel,
  type RowPanel,
  type ThresholdsConfig,
} from '@grafana/schema';
import type { Options as BarGaugeOptions } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type { Options as TimeSeriesOptions } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

// Units are ids of Grafana's value formats; yuan has none, so it is a currency of its own.
export type Unit = 'short' | 's' | 'percentunit' | 'reqps' | 'ops' | 'bytes' | 'none' | 'currency:¥' | 'dateTimeFromNow';
export const yuan: Unit = 'currency:¥';

// Query is what a panel asks a data source: PromQL, or SQL of grafana-clickhouse-datasource.
export type Query = PromQuery | SqlQuery;

interface PromQuery extends DataQuery {
  expr: string;
  legendFormat?: string;
  instant: boolean;
  range: boolean;
  format: 'time_series' | 'table';
}

interface SqlQuery extends DataQuery {
  editorType: 'sql';
  queryType: 'table' | 'timeSeries';
  database: string;
  table: string;
  rawSql: string;
}

export const prometheus: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };
export const clickhouse: DataSourceRef = { type: 'grafana-clickhouse-datasource', uid: '${datasource}' };

const letter = (n: number) => String.fromCharCode(65 + n);

// range asks for series over the time of the board, legend: expression.
export const range = (queries: Record<string, string>): Query[] =>
  Object.entries(queries).map(([legendFormat, expr], n) => ({
    refId: letter(n), datasource: prometheus, expr, legendFormat, instant: false, range: true, format: 'time_series',
  }));

// now asks for the values of this moment.
export const now = (...queries: string[]): Query[] =>
  queries.map((expr, n) => ({ refId: letter(n), datasource: prometheus, expr, legendFormat: '__auto', instant: true, range: false, format: 'time_series' }));

// rows asks for the values of this moment as a table, for each to become a column.
export const rows = (...queries: string[]): Query[] =>
  queries.map((expr, n) => ({ refId: letter(n), datasource: prometheus, expr, instant: true, range: false, format: 'table' }));

// named is now with legends.
export const named = (queries: Record<string, string>): Query[] =>
  Object.entries(queries).map(([legendFormat, expr], n) => ({
    refId: letter(n), datasource: prometheus, expr, legendFormat, instant: true, range: false, format: 'time_series',
  }));

// sql asks ClickHouse.
export const sql = (queryType: SqlQuery['queryType'], rawSql: string): Query[] => [
  { refId: 'A', datasource: clickhouse, editorType: 'sql', queryType, database: '', table: '', rawSql },
];

// What every panel has. red and yellow are where it begins to be bad; with low the
// small values are.
export interface Looks {
  title: string;
  description: string;
  unit?: Unit;
  width?: number; // of 24
  height?: number;
  decimals?: number;
  yellow?: number;
  red?: number;
  low?: boolean;
  max?: number;
  links?: DashboardLink[];
  fieldLinks?: { title: string; url: string }[];
}

type Made<T, C = Record<string, unknown>> = Panel<Record<string, unknown>, C> & { options: T & Record<string, unknown> };

const source = (targets: Query[]): DataSourceRef => ('rawSql' in (targets[0] ?? {}) ? clickhouse : prometheus);

function thresholds(l: Looks): ThresholdsConfig {
  const steps: ThresholdsConfig['steps'] = [];
  // The schema wants the first step to begin at nothing, which JSON writes as null.
  const first = null as unknown as number;
  if (l.low) {
    steps.push({ value: first, color: 'red' });
    if (l.red !== undefined) steps.push({ value: l.red, color: 'yellow' });
    if (l.yellow !== undefined) steps.push({ value: l.yellow, color: 'green' });
  } else {
    steps.push({ value: first, color: l.yellow === undefined && l.red === undefined ? 'text' : 'green' });
    if (l.yellow !== undefined) steps.push({ value: l.yellow, color: 'yellow' });
    if (l.red !== undefined) steps.push({ value: l.red, color: 'red' });
  }
  return { mode: ThresholdsMode.Absolute, steps };
}

const fields = <C>(l: Looks, color: FieldColorModeId, custom?: C): FieldConfigSource<C> => ({
  defaults: {
    unit: l.unit ?? 'short',
    ...(l.decimals === undefined ? {} : { decimals: l.decimals }),
    ...(l.max === undefined ? {} : { min: 0, max: l.max }),
    noValue: '—',
    color: { mode: color },
    thresholds: thresholds(l),
    ...(l.fieldLinks ? { links: l.fieldLinks } : {}),
    ...(custom ? { custom: custom as C & Record<string, unknown> } : {}),
  },
  overrides: [],
});

const frame = (l: Looks, targets: Query[], height: number, width: number) => ({
  title: l.title,
  description: l.description,
  datasource: source(targets),
  targets: targets.map((t) => ({ ...t })),
  transparent: false,
  gridPos: { x: 0, y: 0, w: l.width ?? width, h: l.height ?? height },
  ...(l.links ? { links: l.links } : {}),
});

export function stat(l: Looks, targets: Query[]): Panel {
  const options: StatOptions = {
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    orientation: VizOrientation.Auto,
    colorMode: BigValueColorMode.Background,
    graphMode: BigValueGraphMode.None,
    justifyMode: BigValueJustifyMode.Auto,
    textMode: BigValueTextMode.Auto,
    percentChangeColorMode: PercentChangeColorMode.Standard,
    showPercentChange: false,
    wideLayout: true,
  };
  const panel: Made<StatOptions> = { ...frame(l, targets, 4, 3), type: 'stat', options: { ...options }, fieldConfig: fields(l, FieldColorModeId.Thresholds) };
  return panel;
}

export function series(l: Looks & { stacked?: boolean }, targets: Query[]): Panel {
  const options: TimeSeriesOptions = {
    legend: { showLegend: true, displayMode: LegendDisplayMode.Table, placement: 'bottom', calcs: ['lastNotNull', 'max'] },
    tooltip: { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending },
  };
  const custom: GraphFieldConfig = {
    drawStyle: GraphDrawStyle.Line, lineWidth: 1, fillOpacity: l.stacked ? 30 : 8, spanNulls: false,
    ...(l.stacked ? { stacking: { mode: StackingMode.Normal, group: 'A' } } : {}),
  };
  const panel: Made<TimeSeriesOptions> = {
    ...frame(l, targets, 8, 8), type: 'timeseries', options: { ...options }, fieldConfig: fields(l, FieldColorModeId.PaletteClassic, { ...custom }),
  };
  return panel;
}

export function bars(l: Looks, targets: Query[]): Panel {
  const options: BarGaugeOptions = {
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: 'rawSql' in (targets[0] ?? {}) },
    orientation: VizOrientation.Horizontal,
    displayMode: BarGaugeDisplayMode.Basic,
    valueMode: BarGaugeValueMode.Color,
    namePlacement: BarGaugeNamePlacement.Auto,
    sizing: BarGaugeSizing.Auto,
    showUnfilled: true,
    minVizWidth: 8,
    minVizHeight: 14,
    maxVizHeight: 60,
    legend: { showLegend: false, displayMode: LegendDisplayMode.Hidden, placement: 'bottom', calcs: [] },
  };
  const panel: Made<BarGaugeOptions> = {
    ...frame(l, targets, 8, 8), type: 'bargauge', options: { ...options },
    fieldConfig: fields(l, l.red === undefined && l.yellow === undefined ? FieldColorModeId.ContinuousBlPu : FieldColorModeId.Thresholds),
  };
  return panel;
}

// Column is how a column of a table is shown.
export interface Column {
  name?: string;
  unit?: Unit;
  hide?: boolean;
  url?: string; // a link, of the row: ${__data.fields["rule"]}
  red?: number;
  yellow?: number;
  low?: boolean;
  width?: number;
}

// table shows rows. What Prometheus answers is joined: one row for the labels, one
// column for a query.
export function table(l: Looks & { columns: Record<string, Column>; sortBy?: string }, targets: Query[]): Panel {
  const fieldName = (column: string) => l.columns[column]?.name ?? column;
  const options: TableOptions = {
    frameIndex: 0,
    showHeader: true,
    cellHeight: TableCellHeight.Sm,
    ...(l.sortBy ? { sortBy: [{ displayName: fieldName(l.sortBy), desc: true }] } : {}),
  };
  const config = fields<Record<string, unknown>>(l, FieldColorModeId.Thresholds);
  config.overrides = Object.entries(l.columns).filter(([, c]) => !c.hide).map(([column, c]) => ({
    matcher: { id: 'byName', options: c.name ?? column },
    properties: [
      ...(c.unit ? [{ id: 'unit', value: c.unit }] : []),
      ...(c.width ? [{ id: 'custom.width', value: c.width }] : []),
      ...(c.url ? [{ id: 'links', value: [{ title: '控制台 · console', url: c.url, targetBlank: true }] }] : []),
      ...(c.red !== undefined || c.yellow !== undefined
        ? [{ id: 'thresholds', value: thresholds({ ...l, ...c } as Looks) }, { id: 'custom.cellOptions', value: { type: 'color-text' } }]
        : []),
    ],
  }));
  const transformations: DataTransformerConfig[] = 'rawSql' in (targets[0] ?? {}) ? [] : [
    ...(targets.length > 1 ? [{ id: 'merge', options: {} }] : []),
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true, ...Object.fromEntries(Object.entries(l.columns).filter(([, c]) => c.hide).map(([name]) => [name, true])) },
        indexByName: Object.fromEntries(Object.keys(l.columns).map((name, n) => [name, n])),
        renameByName: Object.fromEntries(Object.entries(l.columns).flatMap(([name, c]) => (c.name ? [[name, c.name]] : []))),
      },
    },
  ];
  const panel: Made<TableOptions> = { ...frame(l, targets, 9, 12), type: 'table', options: { ...options }, fieldConfig: config, transformations };
  return panel;
}

// row is a heading: the panels after it stand below it.
export const row = (title: string): RowPanel => ({ type: 'row', title, id: 0, collapsed: false, gridPos: { x: 0, y: 0, w: 24, h: 1 }, panels: [] });
