import { Checkbox } from 'antd';
import { FilterSelect } from '../shell/FilterSelect';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import type { MatterFilters, Register } from './matters';
import { useMeasures, useWords } from './texts';

// useMatterFilters gives the filters of a register in the address, and what changes them.
export function useMatterFilters(register: Register | undefined): [MatterFilters, React.ReactNode] {
  const { matter } = useMeasures();
  const words = useWords();
  const [{ institution, state, overdue, waiting }, set] = useFilters('institution', 'state', 'overdue', 'waiting');
  const filters: MatterFilters = {
    ...(institution ? { institution_id: institution } : {}),
    ...(state ? { state } : {}),
    ...(overdue ? { overdue: true } : {}),
    ...(waiting ? { waiting: true } : {}),
  };
  const states = [...new Set([register?.initial ?? '', ...(register?.steps ?? []).map((step) => step.to ?? '')])].filter(Boolean);
  const bar = (
    <>
      <InstitutionSelect value={institution} onChange={(id) => set({ institution: id })} />
      <FilterSelect label={matter.state} value={state} onChange={(chosen) => set({ state: chosen })} options={states.map((value) => ({ value, label: wordOf(words.states, value) }))} />
      <Checkbox checked={overdue === '1'} onChange={(event) => set({ overdue: event.target.checked ? '1' : undefined })}>
        {matter.overdueOnly}
      </Checkbox>
      <Checkbox checked={waiting === '1'} onChange={(event) => set({ waiting: event.target.checked ? '1' : undefined })}>
        {matter.waitingOnly}
      </Checkbox>
    </>
  );
  return [filters, bar];
}
