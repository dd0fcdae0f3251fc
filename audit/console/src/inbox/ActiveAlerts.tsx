import { Tag } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { FilterSelect } from '../shell/FilterSelect';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { useFilters } from '../shell/useFilters';
import { wordOf } from '../text';
import { About } from './About';
import { SeverityOf } from './SeverityOf';
import { useInbox } from './texts';

type Firing = Schemas['Firing'];
type Name = 'Finding' | 'Deadline' | 'Silence';

const names: Name[] = ['Finding', 'Deadline', 'Silence'];

// ActiveAlerts are those that somebody was told of and that are still the case.
export function ActiveAlerts() {
  const texts = useInbox();
  const nameOf = useInstitutionName();
  const [{ institution, name }, set] = useFilters('institution', 'name');
  const filters = { ...(institution ? { institution_id: institution } : {}), ...(name ? { alertname: name as Name } : {}) };
  return (
    <>
      <div className="page-filters">
        <FilterSelect label={texts.columns.kind} value={name} onChange={(chosen) => set({ name: chosen })} options={names.map((value) => ({ value, label: texts.kinds[value] }))} />
        <InstitutionSelect value={institution} onChange={(chosen) => set({ institution: chosen })} />
      </div>
      <Listing<Firing>
        name={['inbox', 'active', filters]}
        read={(cursor, signal) => answered(client.GET('/v1/alerts', { params: { query: { ...filters, cursor } }, signal }))}
        rowKey={({ fingerprint }) => fingerprint}
        label={texts.alerts.active}
        empty={texts.alerts.noneActive}
        columns={[
          column(texts.columns.kind, (a) => wordOf(texts.kinds, a.labels['alertname'] ?? '')),
          column(texts.columns.about, (a) => <About alert={a} />),
          column(texts.columns.institution, (a) => nameOf(a.labels['institution_id'] ?? '')),
          column(texts.columns.city, (a) => a.labels['city']),
          column(texts.columns.severity, (a) => <SeverityOf severity={a.labels['severity']} />),
          column(texts.columns.escalation, (a) => wordOf(texts.levels, a.labels['escalation'] ?? '')),
          column(texts.columns.due, (a) => <span className="figures">{a.annotations['due_on']}</span>),
          moneyColumn(texts.columns.amount, (a) => a.annotations['amount_yuan']),
          column('', (a) => a.muted && <Tag>{texts.alerts.muted}</Tag>),
        ]}
      />
    </>
  );
}
