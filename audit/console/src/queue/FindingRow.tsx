import { memo } from 'react';
import type { Finding } from '../api/findings';
import { Deadline } from '../finding/Deadline';
import { SeverityTag } from '../finding/SeverityTag';
import { StateTag } from '../finding/StateTag';
import { Worker } from '../finding/Worker';
import { monthDayTime } from '../format';
import { Money } from '../shell/Money';
import { RowCheck } from './RowCheck';
import type { Line } from './useRows';

interface Props extends Line {
  finding: Finding;
  ruleName: string;
  institution: string;
  passed: boolean; // it has left the list that is shown
}

// FindingRow is one line of the queue.
export const FindingRow = memo(function FindingRow({ finding: f, ruleName, institution, index, current, selected, passed, offset, select, open }: Props) {
  return (
    <div
      role="row"
      id={`row-${index}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`row${current ? ' current' : ''}${selected ? ' selected' : ''}${passed ? ' passed' : ''}`}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => open(index)}
    >
      <RowCheck index={index} selected={selected} label={f.subject} select={select} />
      <span role="gridcell">
        <SeverityTag severity={f.severity} />
      </span>
      <span role="gridcell" className="what" title={`${f.rule} ${ruleName}`}>
        <span className="code">{f.rule}</span> {ruleName}
      </span>
      <span role="gridcell" title={`${institution} ${f.institution_id}`}>
        {institution}
      </span>
      <span role="gridcell" className="code" title={f.subject}>
        {f.stay_id} <span className="weak">{f.person_id}</span>
      </span>
      <span role="gridcell" className="number">
        <Money amount={f.amount} />
      </span>
      <span role="gridcell">
        <Deadline due={f.due_on} state={f.state} provisional={f.due_provisional} />
      </span>
      <span role="gridcell">
        <StateTag state={f.state} />
      </span>
      <span role="gridcell">
        <Worker finding={f} />
      </span>
      <span role="gridcell" className="number weak figures">
        {monthDayTime(f.revised_at)}
      </span>
    </div>
  );
});
