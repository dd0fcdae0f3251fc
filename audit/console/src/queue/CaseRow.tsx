import { memo } from 'react';
import type { Case } from '../api/findings';
import { Deadline } from '../finding/Deadline';
import { SeverityTag } from '../finding/SeverityTag';
import { StateTag } from '../finding/StateTag';
import { monthDayTime } from '../format';
import { Money } from '../shell/Money';
import { RowCheck } from './RowCheck';
import type { Line } from './useRows';

interface Props extends Line {
  item: Case;
  ruleNames: string;
  institution: string;
}

// CaseRow is all findings of a stay in one line.
export const CaseRow = memo(function CaseRow({ item, ruleNames, institution, index, current, selected, offset, select, open }: Props) {
  return (
    <div
      role="row"
      id={`row-${index}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`row${current ? ' current' : ''}${selected ? ' selected' : ''}`}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => open(index)}
    >
      <RowCheck index={index} selected={selected} label={item.stay_id ?? institution} select={select} />
      <span role="gridcell" className="number figures">
        {item.findings}
      </span>
      <span role="gridcell">
        <SeverityTag severity={item.severity} />
      </span>
      <span role="gridcell" className="what" title={ruleNames}>
        {ruleNames}
      </span>
      <span role="gridcell" title={`${institution} ${item.institution_id}`}>
        {institution}
      </span>
      <span role="gridcell" className="code">
        {item.stay_id} <span className="weak">{item.person_id}</span>
      </span>
      <span role="gridcell" className="number">
        <Money amount={item.amount} />
      </span>
      <span role="gridcell">
        <Deadline due={item.due_on} />
      </span>
      <span role="gridcell" className="both">
        {item.states.map((state) => (
          <StateTag key={state} state={state} />
        ))}
      </span>
      <span role="gridcell" className="number weak figures">
        {monthDayTime(item.revised_at)}
      </span>
    </div>
  );
});
