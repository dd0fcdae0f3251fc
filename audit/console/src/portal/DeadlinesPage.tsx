import { Select } from 'antd';
import { answered, client } from '../api/client';
import { useNow } from '../api/reference';
import { day } from '../format';
import { Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { Waiting } from '../shell/Waiting';
import { deadlineKey, useDeadlineColumns } from './DeadlineTable';
import './portal.css';
import type { Deadline } from './read';
import { usePortal } from './texts';

const ranges = ['31', '92', '400'];

// DeadlinesPage lists what is coming due, and what has passed and nobody has done.
export function DeadlinesPage() {
  const { deadlines } = usePortal();
  const [{ days }, set] = useFilters('days');
  const ahead = ranges.find((r) => r === days) ?? ranges[0]!;
  const now = useNow();
  const columns = useDeadlineColumns();
  if (!now) return <Waiting rows={12} />;
  const until = day(Date.parse(now) + Number(ahead) * 86_400_000);
  return (
    <Page
      title={deadlines.title}
      lead={deadlines.lead}
      filters={
        <Select
          value={ahead}
          aria-label={deadlines.ahead}
          onChange={(chosen: string) => set({ days: chosen })}
          options={ranges.map((value) => ({ value, label: deadlines.days(value) }))}
        />
      }
    >
      <Listing<Deadline>
        name={['ours', 'deadlines', until]}
        read={(cursor, signal) => answered(client.GET('/v1/deadlines', { params: { query: { until, cursor } }, signal }))}
        rowKey={deadlineKey}
        label={deadlines.title}
        empty={deadlines.empty}
        hint={deadlines.emptyHint}
        columns={columns}
      />
    </Page>
  );
}
