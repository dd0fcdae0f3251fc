import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useSearchParams } from 'react-router';
import { useNow } from '../api/reference';
import { day } from '../format';
import { usePortal } from './texts';

const form = /^\d{4}-(0[1-9]|1[0-2])$/;

// useMonth is the month in the address, or the one in which we are.
export function useMonth(): string | undefined {
  const [search] = useSearchParams();
  const now = useNow();
  const asked = search.get('month') ?? '';
  return form.test(asked) ? asked : now && day(now).slice(0, 7);
}

// MonthField goes from month to month; the address keeps it.
export function MonthField({ month }: { month: string }) {
  const { months } = usePortal();
  const [, setSearch] = useSearchParams();
  const at = dayjs(`${month}-01`);
  const go = (to: dayjs.Dayjs | null) => to && setSearch({ month: to.format('YYYY-MM') });
  return (
    <span className="month">
      <Button icon={<LeftOutlined />} aria-label={months.before} onClick={() => go(at.subtract(1, 'month'))} />
      <DatePicker picker="month" allowClear={false} value={at} aria-label={months.month} onChange={go} />
      <Button icon={<RightOutlined />} aria-label={months.after} onClick={() => go(at.add(1, 'month'))} />
    </span>
  );
}
