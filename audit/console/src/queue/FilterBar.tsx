import { CloseCircleOutlined, SortDescendingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select, Tag, Tooltip, type InputRef } from 'antd';
import { lazy, Suspense, type RefObject } from 'react';
import { institutionsQuery, rulesQuery } from '../api/reference';
import { isAmount } from '../format';
import { usePreferences } from '../preferences';
import { useTexts } from '../text';
import { severities, sorts, type Filters, type View } from './filters';
import { SavedViews } from './SavedViews';
import { WhoField } from './WhoField';

// Calendars are large: the queue is on the screen before they are.
const PeriodField = lazy(async () => ({ default: (await import('./PeriodField')).PeriodField }));

interface Props {
  view: View;
  change: (view: View) => void;
  search: RefObject<InputRef | null>;
  rules: ReadonlyMap<string, number>; // findings by rule, as they are filtered
}

// FilterBar changes what the queue shows. It keeps nothing: the address does.
export function FilterBar({ view, change, search, rules }: Props) {
  const { queue, severities: names } = useTexts();
  const { language } = usePreferences();
  const institutions = useQuery(institutionsQuery).data;
  const library = useQuery(rulesQuery).data;
  const { filters } = view;
  const set = (more: { [K in keyof Filters]: Filters[K] | undefined }) => {
    const next = Object.fromEntries(Object.entries({ ...filters, ...more }).filter(([, value]) => value));
    change({ ...view, filters: next as Filters });
  };
  const ruleLabel = (code: string) => `${code} ${library?.get(code)?.name[language] ?? ''}`;
  return (
    <div className="filters" role="search" aria-label={queue.filters}>
      <WhoField key={`${filters.person_id}|${filters.stay_id}`} filters={filters} set={set} search={search} />
      <Select
        className="wide"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        value={filters.institution_id ?? null}
        placeholder={queue.institution}
        aria-label={queue.institution}
        onChange={(institution_id: string | null | undefined) => set({ institution_id: institution_id ?? undefined })}
        options={[...(institutions ?? [])].map(([value, name]) => ({ value, label: `${name} ${value}` }))}
      />
      <Select
        className="wide"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        value={filters.rule ?? null}
        placeholder={queue.rule}
        aria-label={queue.rule}
        onChange={(rule: string | null | undefined) => set({ rule: rule ?? undefined })}
        options={[...(library?.keys() ?? [])].map((value) => ({ value, label: ruleLabel(value) }))}
        optionRender={({ label, value }) => (
          <span className="counted">
            {label}
            <span className="weak figures">{rules.get(String(value))}</span>
          </span>
        )}
        popupMatchSelectWidth={300}
      />
      <Select
        allowClear
        value={filters.severity ?? null}
        placeholder={queue.severity}
        aria-label={queue.severity}
        onChange={(severity: Filters['severity'] | null) => set({ severity: severity ?? undefined })}
        options={severities.map((value) => ({ value, label: names[value] }))}
      />
      <Suspense fallback={<Input className="period" placeholder={queue.period} aria-label={queue.period} readOnly />}>
        <PeriodField from={filters.from} until={filters.until} set={set} />
      </Suspense>
      <Input
        key={filters.min_amount}
        className="least"
        allowClear
        defaultValue={filters.min_amount}
        placeholder={queue.minAmount}
        aria-label={queue.minAmount}
        onPressEnter={(event) => set({ min_amount: isAmount(event.currentTarget.value) ? event.currentTarget.value : undefined })}
        onBlur={(event) => {
          const text = event.currentTarget.value;
          if (text !== (filters.min_amount ?? '')) set({ min_amount: isAmount(text) ? text : undefined });
        }}
      />
      <Select
        allowClear
        value={filters.suppressed ?? null}
        placeholder={queue.suppressed}
        aria-label={queue.suppressed}
        onChange={(suppressed: Filters['suppressed'] | null) => set({ suppressed: suppressed ?? undefined })}
        options={[
          { value: 'false', label: queue.suppressedNot },
          { value: 'true', label: queue.suppressedOnly },
        ]}
        popupMatchSelectWidth={140}
      />
      {filters.physician_id && (
        <Tag closable onClose={() => set({ physician_id: undefined })}>
          {queue.physician(filters.physician_id)}
        </Tag>
      )}
      {filters.item_code && (
        <Tag closable onClose={() => set({ item_code: undefined })}>
          {queue.item(filters.item_code)}
        </Tag>
      )}
      {Object.keys(filters).length > 0 && (
        <Tooltip title={queue.clear}>
          <Button type="text" icon={<CloseCircleOutlined />} aria-label={queue.clear} onClick={() => change({ ...view, filters: {} })} />
        </Tooltip>
      )}
      <span className="grow" />
      <Segmented<View['by']>
        value={view.by}
        onChange={(by) => change({ ...view, by })}
        options={[
          { value: 'finding', label: queue.byFinding },
          { value: 'case', label: queue.byCase },
        ]}
      />
      <Select
        className="sort"
        prefix={<SortDescendingOutlined />}
        value={view.sort}
        aria-label={queue.sort}
        onChange={(sort) => change({ ...view, sort })}
        options={sorts.map((value) => ({ value, label: queue.sorts[value] }))}
      />
      <SavedViews />
    </div>
  );
}
