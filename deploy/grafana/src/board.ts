import { DashboardCursorSync, VariableHide, VariableRefresh, VariableSort, type Dashboard, type Panel, type RowPanel, type VariableModel } from '@grafana/schema';

// place lays panels out from left to right, a new line when one does not fit.
export function place(panels: (Panel | RowPanel)[]): (Panel | RowPanel)[] {
  let x = 0, y = 0, line = 0;
  return panels.map((panel, n) => {
    const { w, h } = panel.gridPos ?? { w: 24, h: 1 };
    if (x + w > 24) {
      x = 0;
      y += line;
      line = 0;
    }
    const placed = { ...panel, id: n + 1, gridPos: { x, y, w, h } };
    x += w;
    line = Math.max(line, h);
    return placed;
  });
}

const all = { text: 'All', value: '$__all' };

// source lets the reader choose among data sources of a type.
export const source = (type: string): VariableModel => ({
  name: 'datasource', label: '数据源 · source', type: 'datasource', query: type, hide: VariableHide.dontHide, refresh: VariableRefresh.onDashboardLoad,
});

// console is where links lead: the address of claimwatch as its users know it.
export const consoleAddress: VariableModel = {
  name: 'console', label: '控制台 · console', type: 'textbox', query: 'http://127.0.0.1:8080', current: { text: 'http://127.0.0.1:8080', value: 'http://127.0.0.1:8080' },
  hide: VariableHide.dontHide,
};

// choice is a variable of many values, all of them at first.
export const choice = (name: string, label: string, definition: string, datasource: VariableModel['datasource']): VariableModel => ({
  name, label, type: 'query', datasource: datasource ?? null,
  query: datasource?.type === 'prometheus' ? { query: definition, refId: 'A' } : definition,
  refresh: VariableRefresh.onTimeRangeChanged, sort: VariableSort.alphabeticalAsc, multi: true, includeAll: true,
  ...(datasource?.type === 'prometheus' ? { allValue: '.*' } : {}),
  current: all, hide: VariableHide.dontHide,
});

// board puts one together.
export const board = (b: { uid: string; title: string; description: string; from: string; refresh: string; variables: VariableModel[]; panels: (Panel | RowPanel)[] }): Dashboard => ({
  uid: b.uid,
  title: b.title,
  description: b.description,
  tags: ['claimwatch'],
  schemaVersion: 41,
  editable: true,
  graphTooltip: DashboardCursorSync.Crosshair,
  time: { from: b.from, to: 'now' },
  timezone: 'Asia/Shanghai',
  refresh: b.refresh,
  weekStart: 'monday',
  templating: { list: b.variables },
  annotations: { list: [] },
  links: [
    { title: '看板 · boards', type: 'dashboards', tags: ['claimwatch'], asDropdown: true, icon: 'external link', includeVars: false, keepTime: true, targetBlank: false, tooltip: '' },
    { title: '控制台 · console', type: 'link', url: '${console}/', tags: [], asDropdown: false, icon: 'external link', includeVars: false, keepTime: false, targetBlank: true, tooltip: '' },
  ],
  panels: place(b.panels),
});
