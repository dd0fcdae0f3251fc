import { useQuery } from '@tanstack/react-query';
import { Input, Table, Tag } from 'antd';
import { Link } from 'react-router';
import { rulesQuery, type Rule } from '../api/reference';
import { SeverityTag } from '../finding/SeverityTag';
import { usePreferences } from '../preferences';
import { FilterSelect } from '../shell/FilterSelect';
import { Loaded } from '../shell/Loaded';
import { column } from '../shell/Listing';
import { Nothing } from '../shell/Nothing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { useTexts, wordOf } from '../text';
import './portal.css';
import { usePortal } from './texts';

const severities = ['violation', 'suspicion', 'reminder'] as const;

// HandbookPage lists the rules by which an institution is judged.
export function HandbookPage() {
  const { handbook, law, laws } = usePortal();
  const texts = useTexts();
  const { language } = usePreferences();
  const [{ q = '', severity }, set] = useFilters('q', 'severity');
  const fits = (rule: Rule) =>
    (!severity || rule.severity === severity) && `${rule.code} ${rule.name.zh} ${rule.name.en}`.toLowerCase().includes(q.toLowerCase());
  const articles = (rule: Rule) => rule.basis.map((b) => law(wordOf(laws.records, b.law), b.article)).join(texts.units.and);
  const query = useQuery(rulesQuery);
  return (
    <Page
      title={handbook.title}
      lead={handbook.lead}
      filters={
        <>
          <Input.Search allowClear className="filter wide" placeholder={handbook.search} aria-label={handbook.search} value={q} onChange={(event) => set({ q: event.target.value })} />
          <FilterSelect
            label={handbook.columns.severity}
            value={severity}
            onChange={(chosen) => set({ severity: chosen })}
            options={severities.map((value) => ({ value, label: texts.severities[value] }))}
          />
        </>
      }
    >
      <Loaded query={query}>
        {(rules) => {
          const shown = [...rules.values()].filter(fits);
          if (shown.length === 0) return <Nothing title={handbook.empty} hint={handbook.emptyHint} />;
          return (
            <Table<Rule>
              aria-label={handbook.title}
              size="small"
              sticky
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={shown}
              rowKey="code"
              columns={[
                column(handbook.columns.code, (r) => <span className="code">{r.code}</span>),
                column(handbook.columns.name, (r) => <Link to={`/handbook/${r.code}`}>{r.name[language]}</Link>),
                column(handbook.columns.severity, (r) => <SeverityTag severity={r.severity} />),
                column(handbook.columns.stays, (r) => wordOf(handbook.stays.records, r.stays)),
                column(handbook.columns.basis, articles),
                column(handbook.columns.state, (r) => <Tag color={r.state === 'stable' ? 'green' : 'default'}>{wordOf(handbook.stages.records, r.state)}</Tag>),
              ]}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
