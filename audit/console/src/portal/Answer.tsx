import type { FindingDetail } from '../api/findings';
import { useNow } from '../api/reference';
import { useIdentity } from '../api/session';
import { daysBetween, minute } from '../format';
import { useTexts } from '../text';
import { Say } from './Say';
import { usePortal } from './texts';

// Answer is the institution's side of a finding: what it can still say, what follows, and
// the receipts of what it has said.
export function Answer({ finding }: { finding: FindingDetail }) {
  const { answer } = usePortal();
  const { queue } = useTexts();
  const now = useNow();
  const own = useIdentity().institution_id;
  const said = finding.journal.filter((event) => (event.action === 'explain' || event.action === 'appeal') && event.institution_id === own);
  const { state, due_on: due } = finding;
  const appealed = said.some((event) => event.action === 'appeal');
  return (
    <aside className="answer" aria-label={answer.title}>
      <h2>{answer.title}</h2>
      {state === 'notified' && due && (
        <>
          <p className="until">{answer.until(due, now ? queue.dueIn(daysBetween(now, due)) : '')}</p>
          <p className="weak">{answer.follows}</p>
          <Say finding={finding} what="statements" />
        </>
      )}
      {state in answer.facts && <p>{answer.facts[state as keyof typeof answer.facts]}</p>}
      {state === 'rejected' && !appealed && (
        <>
          <p className="until">{answer.appealTitle}</p>
          <p className="weak">{answer.appealText}</p>
          <Say finding={finding} what="appeals" />
        </>
      )}
      {said.length > 0 && (
        <div className="given">
          <h3>{answer.receipts}</h3>
          <ul>
            {said.map((event) => (
              <li key={event.entry}>
                <span>
                  {event.action === 'explain' ? answer.text : answer.appeal} <span className="figures weak">{minute(event.at)}</span>
                </span>
                <span className="figures">{answer.receipt(String(event.entry))}</span>
              </li>
            ))}
          </ul>
          <p className="hint">{answer.receiptText}</p>
        </div>
      )}
    </aside>
  );
}
