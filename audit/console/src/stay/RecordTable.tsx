import { Checkbox, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { Placed } from './marks';
import type { StayRecord } from '../api/findings';
import { count, grouped, money, monthDayTime } from '../format';
import { RowList } from '../queue/RowList';
import { Money } from '../shell/Money';
import { Nothing } from '../shell/Nothing';
import { useTexts, wordOf } from '../text';
import { amountOf, describe } from './describe';
import { fieldsOf, keyOf, lanes, text, type Lane, type Mark } from './marks';

interface Props {
  records: StayRecord[];
  placed: Placed[];
  marks: ReadonlyMap<string, Mark>;
  chosen: string | undefined;
  choose: (key: string) => void;
  place: string;
}

// RecordTable is what the time axis shows, to read.
export function RecordTable({ records, placed, marks, chosen, choose, place }: Props) {
  const texts = useTexts();
  const [lane, setLane] = useState<Lane | ''>('');
  const [wantMarked, setMarked] = useState<boolean>();
  const onlyMarked = wantMarked ?? marks.size > 0;
  const laneOf = useMemo(() => new Map(placed.map((p) => [p.record, p.lane])), [placed]);
  const used = useMemo(() => lanes.filter((l) => placed.some((p) => p.lane === l)), [placed]);
  const shown = useMemo(
    () => records.filter((r) => (!lane || laneOf.get(r) === lane) && (!onlyMarked || marks.has(keyOf(r.kind, r.record_id)))),
    [records, lane, laneOf, onlyMarked, marks],
  );
  const at = shown.findIndex((r) => keyOf(r.kind, r.record_id) === chosen);
  const { columns } = texts.stay;
  return (
    <section className="records" aria-label={texts.stay.table}>
      <div className="records-head">
        <Segmented
          size="small"
          value={lane}
          onChange={setLane}
          options={[{ value: '' as const, label: texts.queue.all }, ...used.map((value) => ({ value, label: texts.records.lanes[value] }))]}
        />
        <Checkbox checked={onlyMarked} disabled={marks.size === 0} onChange={(event) => setMarked(event.target.checked)}>
          {texts.stay.onlyMarked}
        </Checkbox>
        <span className="grow" />
        <span className="weak figures">{texts.stay.outOf(count(shown.length), count(records.length))}</span>
      </div>
      {shown.length === 0 ? (
        <Nothing title={texts.stay.noRecords} />
      ) : (
        <RowList
          key={`${lane}|${onlyMarked}`}
          place={`${place}|${lane}|${onlyMarked}`}
          label={texts.stay.table}
          className="of-records"
          count={shown.length}
          total={shown.length}
          at={at}
          nearEnd={nothing}
          head={
            <div className="row head-row" role="row">
              <span role="columnheader">{columns.time}</span>
              <span role="columnheader">{columns.kind}</span>
              <span role="columnheader">{columns.what}</span>
              <span role="columnheader" className="number">
                {columns.quantity}
              </span>
              <span role="columnheader" className="number">
                {columns.price}
              </span>
              <span role="columnheader" className="number">
                {columns.amount}
              </span>
              <span role="columnheader" className="number">
                {columns.net}
              </span>
            </div>
          }
          row={(index, offset) => {
            const record = shown[index]!;
            const key = keyOf(record.kind, record.record_id);
            return (
              <RecordRow key={key} record={record} index={index} offset={offset} mark={marks.get(key)} current={index === at} choose={() => choose(key)} />
            );
          }}
        />
      )}
    </section>
  );
}

const nothing = () => {};

interface RowProps {
  record: StayRecord;
  index: number;
  offset: number;
  mark: Mark | undefined;
  current: boolean;
  choose: () => void;
}

function RecordRow({ record, index, offset, mark, current, choose }: RowProps) {
  const texts = useTexts();
  const fields = fieldsOf(record);
  const what = describe(record, texts);
  return (
    <div
      role="row"
      id={`row-${index}`}
      aria-rowindex={index + 2}
      className={['row', mark, current && 'current', (record.cancelled || record.ahead) && 'passed'].filter(Boolean).join(' ')}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={choose}
    >
      <span role="gridcell" className="figures" title={record.record_id}>
        {monthDayTime(record.occurred_at)}
      </span>
      <span role="gridcell">{wordOf(texts.records.kinds, record.kind)}</span>
      <span role="gridcell" title={`${what} (${record.record_id})`}>
        {record.cancelled && <em>{texts.stay.cancelled} </em>}
        {record.ahead && <em>{texts.stay.ahead} </em>}
        {what}
      </span>
      <span role="gridcell" className="number">
        {grouped(text(fields, 'quantity') ?? '')}
      </span>
      <span role="gridcell" className="number">
        {grouped(text(fields, 'unit_price') ?? '')}
      </span>
      <span role="gridcell" className="number">
        <Money amount={amountOf(record)} />
      </span>
      <span role="gridcell" className="number">
        <Money amount={record.net} weak={money(record.net) === money(amountOf(record))} />
      </span>
    </div>
  );
}
