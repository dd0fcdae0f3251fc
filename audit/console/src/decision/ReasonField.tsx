import { Input, Select } from 'antd';
import { useTexts } from '../text';
import type { Action } from './outbox';

interface Props {
  action: Action;
  value: string;
  onChange: (text: string) => void;
  rows?: number;
}

// ReasonField is the reason for a decision: a usual one to begin with, and text.
export function ReasonField({ action, value, onChange, rows = 3 }: Props) {
  const { decide, reasons } = useTexts();
  const usual: string[] = (reasons as Record<string, string[]>)[action] ?? [];
  return (
    <div className="reason">
      {usual.length > 0 && (
        <Select<string>
          value={usual.includes(value) ? value : null}
          placeholder={decide.reasonList}
          aria-label={decide.reasonList}
          onChange={onChange}
          options={usual.map((text) => ({ value: text, label: text }))}
        />
      )}
      <Input.TextArea
        autoFocus
        rows={rows}
        maxLength={4000}
        value={value}
        placeholder={decide.reasonHint}
        aria-label={decide.reason}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
