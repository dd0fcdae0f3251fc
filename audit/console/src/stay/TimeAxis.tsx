import { Segmented } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Finding, StayRecord } from '../api/findings';
import { localTime, minute } from '../format';
import { useTexts, wordOf } from '../text';
import { describe } from './describe';
import { closeWindow, keyOf, lanes, ticks, wholeWindow, type Placed, type Window } from './marks';

interface Props {
  placed: Placed[];
  finding: Finding | undefined;
  asOf: string;
  chosen: string | undefined;
  choose: (key: string) => void;
}

const laneHeight = 26;
const labels = 88;
const foot = 20;

// TimeAxis is the stay as lanes over time. Violating and involved lines stand out, and
// the span of the finding lies behind them.
export function TimeAxis({ placed, finding, asOf, chosen, choose }: Props) {
  const texts = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [close, setClose] = useState(false);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(320, entry.contentRect.width)));
    if (frame.current) watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);
  const near = useMemo(() => closeWindow(finding, placed), [finding, placed]);
  const used = useMemo(() => lanes.filter((lane) => placed.some((p) => p.lane === lane)), [placed]);
  const window: Window = close && near ? near : wholeWindow(placed);
  const x = (at: number) => labels + ((at - window.from) / (window.until - window.from)) * (width - labels - 8);
  const clip = (at: number) => Math.max(labels, Math.min(width, x(at)));
  const height = used.length * laneHeight;
  // Marked ones are drawn last, on top of the others.
  const drawn = useMemo(() => [...placed].sort((a, b) => weight(a) - weight(b)), [placed]);
  const inside = (p: Placed) => p.from <= window.until && (p.until ?? p.from) >= window.from;
  const span = finding?.from ? { from: Date.parse(finding.from), until: Date.parse(finding.until ?? finding.from) } : undefined;
  const now = Date.parse(asOf);
  return (
    <section className="axis" aria-label={texts.stay.timeline}>
      <div className="axis-head">
        <h2>{texts.stay.timeline}</h2>
        <span className="legend violating">{texts.stay.violating}</span>
        <span className="legend involved">{texts.stay.involved}</span>
        {span && <span className="legend span">{texts.stay.span}</span>}
        <span className="grow" />
        {near && (
          <Segmented
            size="small"
            value={close ? 'near' : 'whole'}
            onChange={(value) => setClose(value === 'near')}
            options={[
              { value: 'whole', label: texts.stay.wholeStay },
              { value: 'near', label: texts.stay.aroundFinding },
            ]}
          />
        )}
      </div>
      <div ref={frame}>
        <svg width={width} height={height + foot} role="img" aria-label={texts.stay.timeline}>
          {used.map((lane, i) => (
            <g key={lane}>
              <rect x={0} y={i * laneHeight} width={width} height={laneHeight} className={i % 2 ? 'lane odd' : 'lane'} />
              <text x={4} y={i * laneHeight + laneHeight / 2 + 4} className="lane-name">
                {texts.records.lanes[lane]}
              </text>
            </g>
          ))}
          {ticks(window, Math.floor((width - labels) / 74)).map((at) => (
            <g key={at} className="tick">
              <line x1={x(at)} x2={x(at)} y1={0} y2={height} />
              <text x={x(at)} y={height + 14} textAnchor="middle">
                {tickText(at)}
              </text>
            </g>
          ))}
          {span && span.from <= window.until && span.until >= window.from && (
            <rect className="span" x={clip(span.from)} width={Math.max(2, clip(span.until) - clip(span.from))} y={0} height={height} />
          )}
          {now >= window.from && now <= window.until && <line className="as-of-line" x1={x(now)} x2={x(now)} y1={0} y2={height} />}
          {drawn.filter(inside).map((p) => {
            const key = keyOf(p.record.kind, p.record.record_id);
            return (
              <Shape
                key={key}
                placed={p}
                top={used.indexOf(p.lane) * laneHeight}
                from={clip(p.from)}
                until={p.until === undefined ? undefined : clip(p.until)}
                chosen={key === chosen}
                title={`${minute(p.record.occurred_at)} ${wordOf(texts.records.kinds, p.record.kind)} ${describe(p.record, texts)}`}
                choose={() => choose(key)}
              />
            );
          })}
        </svg>
      </div>
    </section>
  );
}

const weight = (p: Placed) => (p.mark === 'violating' ? 2 : p.mark === 'involved' ? 1 : 0);

// Midnights are days, other ticks are hours.
function tickText(at: number): string {
  const text = localTime(at);
  return text.endsWith('00:00:00') ? text.slice(5, 10) : text.slice(11, 16);
}

interface ShapeProps {
  placed: Placed;
  top: number;
  from: number;
  until: number | undefined;
  chosen: boolean;
  title: string;
  choose: () => void;
}

// Shape is a bar for what lasts, a stroke for what happened, and a dot on what is marked.
function Shape({ placed: { record, mark }, top, from, until, chosen, title, choose }: ShapeProps) {
  const names = ['mark', record.kind, mark, chosen && 'chosen', failed(record) && 'failed'].filter(Boolean).join(' ');
  const middle = top + laneHeight / 2;
  return (
    <g className={names} onClick={choose}>
      <title>{title}</title>
      {until !== undefined && <rect className="bar" x={from} width={Math.max(2, until - from)} y={middle - 4} height={8} rx={2} />}
      <rect className="stroke" x={from - 1} width={2} y={middle - 8} height={16} />
      {(mark || chosen) && <circle cx={from} cy={middle} r={chosen ? 6 : 4} />}
    </g>
  );
}

const failed = (record: StayRecord) => record.kind === 'identity_check' && (record.record as { result?: string }).result === 'mismatch';
