import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Finding, Stay } from '../api/findings';
import { DecideBar } from '../decision/DecideBar';
import type { Action } from '../decision/outbox';
import { FindingPanel } from '../finding/FindingPanel';
import { afterCase, backToQueue, caseKey, nextCase } from '../queue/trail';
import { useKeys } from '../shell/keys';
import { Nothing } from '../shell/Nothing';
import { useTexts } from '../text';
import { FindingTabs } from './FindingTabs';
import { marksOf, place } from './marks';
import { RecordTable } from './RecordTable';
import { StayFacts } from './StayFacts';
import './stay.css';
import { TimeAxis } from './TimeAxis';

interface Props {
  stay: Stay;
  selected: string | undefined; // a finding
  select: (id: string) => void;
}

// These leave the finding on the desk.
const stays: Action[] = ['claim', 'unclaim', 'assign'];

// A finding of another stay may speak of this one: it is decided in its own.
const belongs = (finding: Finding, stay: Stay) => finding.institution_id === stay.institution_id && finding.stay_id === stay.stay_id;

// StayCase is a stay with its findings: what happened on the left, what was found and
// what is decided on the right.
export function StayCase({ stay, selected, select }: Props) {
  const texts = useTexts();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string>();
  const findings = stay.findings;
  const at = Math.max(0, findings.findIndex((f) => f.finding_id === selected));
  const finding: Finding | undefined = findings[at];
  const marks = useMemo(() => marksOf(finding, stay.institution_id), [finding, stay.institution_id]);
  const placed = useMemo(() => place(stay.records, marks, stay.as_of), [stay.records, stay.as_of, marks]);
  const key = caseKey({ institution_id: stay.institution_id, stay_id: stay.stay_id, person_id: null });
  const goOn = () => {
    const path = nextCase(key);
    if (path) void navigate(path);
  };
  const move = (by: number) => {
    const other = findings[at + by];
    if (other) select(other.finding_id);
  };
  useKeys({ j: () => move(1), k: () => move(-1), l: goOn, Escape: () => void navigate(backToQueue()) });

  // The next case opens when nothing of this one waits for the same step any more.
  const decided = (action: Action) => {
    if (stays.includes(action)) return;
    const waiting = findings.find((f) => f !== finding && f.state === finding?.state && !f.suppressed_by && belongs(f, stay));
    if (waiting) return select(waiting.finding_id);
    const path = afterCase(key);
    if (path) void navigate(path);
  };
  return (
    <div className="case">
      <StayFacts stay={stay} back={backToQueue()} next={nextCase(key) ? goOn : undefined} />
      <div className="case-body">
        <div className="case-left">
          <TimeAxis placed={placed} finding={finding} asOf={stay.as_of} chosen={chosen} choose={setChosen} />
          <RecordTable
            key={finding?.finding_id}
            records={stay.records}
            placed={placed}
            marks={marks}
            chosen={chosen}
            choose={setChosen}
            place={`${key}|${finding?.finding_id}`}
          />
        </div>
        <aside className="case-right" aria-label={texts.stay.findings}>
          <FindingTabs findings={findings} selected={finding?.finding_id} select={select} />
          {finding ? (
            <>
              <div className="case-scroll" tabIndex={0}>
                <FindingPanel key={finding.finding_id} finding={finding} stay={stay} choose={setChosen} />
              </div>
              <DecideBar key={finding.finding_id} finding={finding} stay={stay} decided={decided} />
            </>
          ) : (
            <Nothing title={texts.stay.noFindings} />
          )}
        </aside>
      </div>
    </div>
  );
}
