import { Tooltip } from 'antd';
import type { Schemas } from '../api/client';
import { useTexts } from '../text';
import { place, windowAround } from './axis';
import { useMeasures } from './texts';

interface Props {
  agreement: Schemas['AgreementView'];
  until: string; // the day that is looked at
}

// SuspensionAxis draws the suspensions of an agreement over a year before and half a year
// after a day.
export function SuspensionAxis({ agreement, until }: Props) {
  const { agreements: say } = useMeasures();
  const { units } = useTexts();
  if (!until) return null;
  const axis = windowAround(until);
  const now = place({ from: until, until: null }, axis);
  const spans = agreement.suspensions.map((span) => ({ span, placed: place(span, axis) })).filter(({ placed }) => placed);
  const says = (span: Schemas['AgreementSpan']) => `${span.own_wish ? say.ownWish : say.ordered} ${units.until(span.from, span.until ?? say.openEnd)}`;
  return (
    <span className="term-axis" role="img" aria-label={spans.length > 0 ? spans.map(({ span }) => says(span)).join('; ') : say.noSuspension}>
      {agreement.status !== 'terminated' && <span className="axis-line" />}
      {spans.map(({ span, placed }) => (
        <Tooltip key={span.from} title={says(span)}>
          <span
            className={`axis-span${span.own_wish ? ' own' : ''}${placed!.open ? ' open' : ''}`}
            style={{ left: `${placed!.left * 100}%`, width: `max(4px, ${placed!.width * 100}%)` }}
          />
        </Tooltip>
      ))}
      {now && <span className="axis-now" style={{ left: `${now.left * 100}%` }} />}
      <span className="axis-from figures">{axis.from.slice(0, 7)}</span>
      <span className="axis-until figures">{axis.until.slice(0, 7)}</span>
    </span>
  );
}
