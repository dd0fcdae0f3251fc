import { Link } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { count } from '../format';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { Page } from '../shell/Page';
import { PeriodField } from '../shell/PeriodField';
import { useFilters } from '../shell/useFilters';
import { useTexts } from '../text';
import { useMoney } from './texts';

type Notice = Schemas['NoticeView'];

// NoticesPage lists what institutions were told: one notice an institution and day.
export function NoticesPage() {
  const { notices: say } = useMoney();
  const { queue } = useTexts();
  const [{ institution, from, until }, set] = useFilters('institution', 'from', 'until');
  const filters = { ...(institution ? { institution_id: institution } : {}), ...(from ? { from } : {}), ...(until ? { until } : {}) };
  return (
    <Page
      title={say.title}
      lead={say.lead}
      filters={
        <>
          <InstitutionSelect value={institution} onChange={(id) => set({ institution: id })} />
          <PeriodField label={say.day} from={from} until={until} set={set} />
        </>
      }
    >
      <Listing<Notice>
        name={['notices', filters]}
        read={(cursor, signal) => answered(client.GET('/v1/notices', { params: { query: { ...filters, cursor, limit: '50' } }, signal }))}
        rowKey={(notice) => notice.notice_id}
        label={say.title}
        empty={say.none}
        hint={say.noneHint}
        columns={[
          column(say.number, (notice) => <Link to={`/notices/${notice.notice_id}`}>{notice.number || notice.notice_id}</Link>),
          column(say.day, (notice) => <span className="figures">{notice.day}</span>),
          column(queue.institution, (notice) => notice.institution_name),
          column(say.findings, (notice) => <span className="figures">{count(notice.items.length)}</span>, { align: 'right' }),
          moneyColumn(queue.columns.amount, (notice) => notice.amount),
          column(say.due, (notice) => <span className="figures">{[...new Set(notice.items.map((item) => item.due_on))].join(', ')}</span>),
        ]}
      />
    </Page>
  );
}
