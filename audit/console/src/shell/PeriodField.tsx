import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  label: string;
  from: string | undefined;
  until: string | undefined; // the day after the last
  set: (change: { from: string | undefined; until: string | undefined }) => void;
}

const written = 'YYYY-MM-DD';

// PeriodField chooses from which day to which.
export function PeriodField({ label, from, until, set }: Props) {
  return (
    <DatePicker.RangePicker
      className="period"
      allowEmpty
      value={[from ? dayjs(from) : null, until ? dayjs(until).subtract(1, 'day') : null]}
      aria-label={label}
      onChange={(range) => set({ from: range?.[0]?.format(written), until: range?.[1]?.add(1, 'day').format(written) })}
    />
  );
}
