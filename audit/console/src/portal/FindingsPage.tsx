import { Select } from 'antd';
import type { Finding } from '../api/findings';
import { FilterSearch } from '../shell/FilterSearch';
import { FilterSelect } from '../shell/FilterSelect';
import { Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { RuleSelect } from '../shell/RuleSelect';
import { useFilters } from '../shell/useFilters';
import { useTexts } from '../text';
import { useFindingColumns } from './findingColumns';
import './portal.css';
import { readFindings, states, type FindingFilters } from './read';
import { usePortal } from './texts';

const sorts = ['revised', 'due_on', 'amount', 'severity'] as const;

// filtersOf leaves out what findings are neither in nor sorted by: addresses are typed and age.
function filtersOf({ state, sort, ...narrow }: Partial<Record<'state' | 'sort' | 'rule' | 'stay_id', string>>): FindingFilters {
  const [known, order] = [states.find((s) => s === state), sorts.find((s) => s === sort)];
  return { ...narrow, ...(known ? { state: known } : {}), ...(order ? { sort: order } : {}) };
}

// FindingsPage lists what the institution was told.
export function FindingsPage() {
  const { findings } = usePortal();
  const texts = useTexts();
  const [asked, set] = useFilters('state', 'sort', 'rule', 'stay_id');
  const filters = filtersOf(asked);
  const columns = useFindingColumns();
  return (
    <Page
      title={findings.title}
      lead={findings.lead}
      filters={
        <>
          <FilterSelect label={findings.state} value={filters.state} onChange={(state) => set({ state })} options={states.map((value) => ({ value, label: texts.states[value] }))} />
          <RuleSelect value={filters.rule} onChange={(rule) => set({ rule })} />
          <FilterSearch label={findings.stay} value={filters.stay_id} onSearch={(stay_id) => set({ stay_id })} />
          <Select
            value={filters.sort ?? 'revised'}
            aria-label={findings.sort}
            onChange={(sort: string) => set({ sort })}
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
