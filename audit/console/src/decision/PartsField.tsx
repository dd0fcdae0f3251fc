import { Checkbox, Input, Radio } from 'antd';
import type { Finding, Stay } from '../api/findings';
import { fen, isAmount, money, monthDayTime } from '../format';
import { describe } from '../stay/describe';
import { fieldsOf, text } from '../stay/marks';
import { useTexts } from '../text';

interface Props {
  finding: Finding;
  stay: Stay | undefined; // where the lines are to be read
  amounts: ReadonlyMap<string, string> | undefined;
  onChange: (amounts: ReadonlyMap<string, string> | undefined) => void;
}

export const lineKey = (line: Finding['lines'][number]): string => `${line.kind}|${line.institution_id}|${line.record_id}`;

const violating = (finding: Finding) => finding.lines.filter((line) => line.role === 'violating');

// partsOK says whether each chosen amount is one that can be rejected of its line.
export const partsOK = (finding: Finding, amounts: ReadonlyMap<string, string> | undefined): boolean =>
  amounts === undefined ||
  (amounts.size > 0 &&
    violating(finding).every((line) => {
      const amount = amounts.get(lineKey(line));
      return amount === undefined || (isAmount(amount) && fen(amount) > 0n && fen(amount) <= fen(line.amount));
    }));

// PartsField chooses what of a finding is rejected: all, or parts of lines.
export function PartsField({ finding, stay, amounts, onChange }: Props) {
  const texts = useTexts();
  const { decide } = texts;
  const records = new Map(stay?.records.map((r) => [`${r.kind}|${stay.institution_id}|${r.record_id}`, r]));
  const lines = violating(finding);
  const set = (key: string, amount: string | undefined) => {
    const next = new Map(amounts);
    if (amount === undefined) next.delete(key);
    else next.set(key, amount);
    onChange(next);
  };
  return (
    <div className="parts">
      <Radio.Group
        value={amounts === undefined ? 'whole' : 'lines'}
        onChange={(event) => onChange(event.target.value === 'whole' ? undefined : new Map(lines.map((l) => [lineKey(l), l.amount])))}
        options={[
          { value: 'whole', label: `${decide.whole} ${money(finding.amount)}` },
          { value: 'lines', label: decide.byLines },
        ]}
      />
      {amounts && (
        <ul>
          {lines.map((line) => {
            const key = lineKey(line);
            const record = records.get(key);
            const amount = amounts.get(key);
            const ok = amount === undefined || (isAmount(amount) && fen(amount) > 0n && fen(amount) <= fen(line.amount));
            return (
              <li key={key}>
                <Checkbox checked={amount !== undefined} onChange={(event) => set(key, event.target.checked ? line.amount : undefined)}>
                  <span title={line.record_id}>
                    {record ? `${monthDayTime(record.occurred_at)} ${text(fieldsOf(record), 'item_name') ?? describe(record, texts)}` : line.record_id}
                  </span>
                </Checkbox>
                <Input
                  size="small"
                  className="number"
                  disabled={amount === undefined}
                  value={amount ?? ''}
                  status={ok ? '' : 'error'}
                  aria-label={`${decide.lineAmount} ${line.record_id}`}
                  onChange={(event) => set(key, event.target.value)}
                />
                <span className="number weak">/ {money(line.amount)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
