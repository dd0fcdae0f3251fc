import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { rulesQuery } from '../api/reference';
import type { Finding } from '../api/findings';
import { usePreferences } from '../preferences';
import { Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useTexts } from '../text';
import { useFindingColumns } from './findingColumns';
import './portal.css';
import { readFindings, states, type FindingFilters } from './read';
import { usePortal } from './texts';

const sorts = ['revised', 'due_on', 'amount', 'severity'] as const;

// filtersOf reads the address, whatever somebody has typed there.
export function filtersOf(search: URLSearchParams): FindingFilters {
  const state = states.find((s) => s === search.get('state'));
  const sort = sorts.find((s) => s === search.get('sort'));
  const rule = search.get('rule');
  const stay = search.get('stay_id');
  return { ...(state ? { state } : {}), ...(sort ? { sort } : {}), ...(rule ? { rule } : {}), ...(stay ? { stay_id: stay } : {}) };
}

// FindingsPage lists what the institution was told.
export function FindingsPage() {
  const { findings } = usePortal();
  const texts = useTexts();
  const { language } = usePreferences();
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const rules = useQuery(rulesQuery).data;
  const columns = useFindingColumns();
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <Page
      title={findings.title}
      lead={findings.lead}
      filters={
        <>
          <Select
            allowClear
            className="find"
            placeholder={findings.state}
            aria-label={findings.state}
            value={filters.state ?? null}
            onChange={(value: string | null) => set('state', value ?? undefined)}
            options={states.map((value) => ({ value, label: texts.states[value] }))}
          />
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            className="find"
            placeholder={findings.rule}
            aria-label={findings.rule}
            value={filters.rule ?? null}
            onChange={(value: string | null) => set('rule', value ?? undefined)}
            options={[...(rules?.values() ?? [])].map((rule) => ({ value: rule.code, label: `${rule.code} ${rule.name[language]}` }))}
          />
          <Input.Search
            allowClear
            className="find"
            placeholder={findings.stay}
            aria-label={findings.stay}
            defaultValue={filters.stay_id ?? ''}
            onSearch={(value) => set('stay_id', value.trim())}
          />
          <Select
            value={filters.sort ?? 'revised'}
            aria-label={findings.sort}
            onChange={(value: string) => set('sort', value)}
            options={sorts.map((value) => ({ value, label: `${findings.sort} · ${texts.queue.sorts[value]}` }))}
          />
        </>
      }
    >
      <Listing<Finding>
        name={['ours', 'findings', filters]}
        read={(cursor, signal) => readFindings(filters, cursor, '100', signal)}
        rowKey={(f) => f.finding_id}
        label={findings.title}
        empty={findings.empty}
        hint={findings.emptyHint}
        columns={columns}
      />
    </Page>
  );
}
