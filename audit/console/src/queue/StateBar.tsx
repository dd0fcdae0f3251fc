import { Segmented } from 'antd';
import type { Schemas } from '../api/client';
import { count } from '../format';
import { useTexts } from '../text';
import { states, type State, type View } from './filters';

interface Props {
  view: View;
  counts: Schemas['FindingCounts'] | undefined;
  change: (view: View) => void;
}

const usual: State[] = ['open', 'notified', 'explained', 'lapsed', 'rejected', 'released'];

// StateBar goes from state to state, each with how many stand in it.
export function StateBar({ view, counts, change }: Props) {
  const { queue, states: names } = useTexts();
  const { state, mine: onlyMine, ...rest } = view.filters;
  const of = new Map(counts?.states.map((c) => [c.name, c.findings]));
  const all = counts?.states.filter((c) => c.name !== 'retracted').reduce((n, c) => n + c.findings, 0);
  const label = (name: string, n: number | undefined) => (
    <span className="tab">
      {name} {n !== undefined && <span className="figures weak">{count(n)}</span>}
    </span>
  );
  const shown = states.filter((s) => usual.includes(s) || of.get(s) || s === state);
  return (
    <Segmented
      className="states"
      value={onlyMine ? 'mine' : (state ?? '')}
      onChange={(value) => {
        const filters = value === 'mine' ? { ...rest, mine: true as const } : value ? { ...rest, state: value as State } : rest;
        change({ ...view, filters });
      }}
      options={[
        { value: '', label: label(queue.all, onlyMine ? undefined : all) },
        { value: 'mine', label: label(queue.mine, counts?.mine) },
        ...shown.map((s) => ({ value: s, label: label(names[s], onlyMine ? undefined : (of.get(s) ?? (counts ? 0 : undefined))) })),
      ]}
    />
  );
}
