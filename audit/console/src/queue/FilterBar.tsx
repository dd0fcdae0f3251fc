import { CloseCircleOutlined, SortDescendingOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select, Tag, Tooltip, type InputRef } from 'antd';
import { lazy, Suspense, type RefObject } from 'react';
import { isAmount } from '../format';
import { FilterSelect } from '../shell/FilterSelect';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { RuleSelect } from '../shell/RuleSelect';
import { useTexts } from '../text';
import { severities, sorts, type Filters, type View } from './filters';
import { SavedViews } from './SavedViews';
import { WhoField } from './WhoField';

// Calendars are large: the queue is on the screen before they are.
const PeriodField = lazy(async () => ({ default: (await import('../shell/PeriodField')).PeriodField }));

interface Props {
  view: View;
  change: (view: View) => void;
  search: RefObject<InputRef | null>;
  rules: ReadonlyMap<string, number>; // findings by rule, as they are filtered
}

// FilterBar changes what the queue shows. It keeps nothing: the address does.
export function FilterBar({ view, change, search, rules }: Props) {
  const { queue, severities: names } = useTexts();
  const { filters } = view;
  const set = (more: { [K in keyof Filters]: Filters[K] | undefined }) => {
    const next = Object.fromEntries(Object.entries({ ...filters, ...more }).filter(([, value]) => value));
    change({ ...view, filters: next as Filters });
  };
  return (
    <div className="filters" role="search" aria-label={queue.filters}>
      <WhoField key={`${filters.person_id}|${filters.stay_id}`} filters={filters} set={set} search={search} />
      <InstitutionSelect value={filters.institution_id} onChange={(institution_id) => set({ institution_id })} />
      <RuleSelect
        value={filters.rule}
        onChange={(rule) => set({ rule })}
        optionRender={({ label, value }) => (
          <span className="counted">
            {label}
            <span className="weak figures">{rules.get(String(value))}</span>
          </span>
        )}
      />
      <FilterSelect label={queue.severity} value={filters.severity} onChange={(severity) => set({ severity })} options={severities.map((value) => ({ value, label: names[value] }))} />
      <Suspense fallback={<Input className="period" placeholder={queue.period} aria-label={queue.period} readOnly />}>
        <PeriodField label={queue.period} from={filters.from} until={filters.until} set={set} />
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
      <FilterSelect
        label={queue.suppressed}
        value={filters.suppressed}
        onChange={(suppressed) => set({ suppressed })}
        options={[
          { value: 'false', label: queue.suppressedNot },
          { value: 'true', label: queue.suppressedOnly },
        ]}
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
