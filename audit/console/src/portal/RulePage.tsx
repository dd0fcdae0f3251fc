import { ArrowLeftOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { ruleQuery, type RuleDetail } from '../api/reference';
import { SeverityTag } from '../finding/SeverityTag';
import { usePreferences } from '../preferences';
import { Loaded } from '../shell/Loaded';
import { column } from '../shell/Listing';
import { Facts, Page, Section } from '../shell/Page';
import { useTexts, wordOf } from '../text';
import './portal.css';
import { usePortal } from './texts';

// RulePage is one rule: what it asks for, from when, and the articles in full.
export function RulePage() {
  const { code = '' } = useParams();
  const query = useQuery(ruleQuery(code));
  return <Loaded query={query}>{(rule) => <Shown rule={rule} />}</Loaded>;
}

function Shown({ rule }: { rule: RuleDetail }) {
  const { handbook } = usePortal();
  const { finding } = useTexts();
  const { language } = usePreferences();
  // A value for the institution's city goes before one for everywhere, a later before an earlier.
  const inForce = (name: string) => {
    const values = rule.published.filter((p) => p.name === name && p.in_force);
    return values.findLast((p) => p.city !== '') ?? values.at(-1);
  };
  return (
    <Page
      title={
        <span className="row-title">
          <Link to="/handbook" aria-label={handbook.back}>
            <ArrowLeftOutlined />
          </Link>
          <SeverityTag severity={rule.severity} />
          <span className="code">{rule.code}</span> {rule.name[language]}
        </span>
      }
      actions={<Link to={`/our/findings?rule=${rule.code}`}>{handbook.ours}</Link>}
    >
      <Facts
        facts={[
          [handbook.columns.state, <Tag color={rule.state === 'stable' ? 'green' : 'default'}>{wordOf(handbook.stages.records, rule.state)}</Tag>],
          [handbook.version, String(rule.version)],
          [handbook.columns.stays, wordOf(handbook.stays.records, rule.stays)],
          [handbook.lookBack, rule.look_back[language]],
          [handbook.time, rule.time[language]],
        ]}
      />
      <div className="rule-body">
        <Section title={handbook.parameters}>
          {rule.parameters.length === 0 ? (
            <p className="weak">{handbook.noParameters}</p>
          ) : (
            <Table<RuleDetail['parameters'][number]>
              aria-label={handbook.parameters}
              size="small"
              pagination={false}
              dataSource={rule.parameters}
              rowKey="name"
              columns={[
                column(handbook.parameterColumns.name, (p) => p.about[language]),
                column(handbook.parameterColumns.value, (p) => <b>{inForce(p.name)?.value ?? p.default ?? p.of}</b>, { align: 'right' }),
                column(handbook.parameterColumns.unit, (p) => p.unit && wordOf(handbook.units.records, p.unit)),
                column(handbook.parameterColumns.from, (p) => inForce(p.name)?.from),
              ]}
            />
          )}
        </Section>
        <Section title={handbook.articles}>
          {rule.articles?.map((article) => (
            <article key={`${article.law}|${article.article}`}>
              <b>
                {article.title[language]} {article.label[language]}
              </b>{' '}
              <span className="hint">{article.in_force ? finding.inForce : finding.notInForce}</span>
              {language === 'en' && article.gist && <p>{article.gist}</p>}
              {article.text?.map((paragraph) => (
                <p key={paragraph} lang="zh-CN">
                  {paragraph}
                </p>
              ))}
            </article>
          ))}
        </Section>
      </div>
    </Page>
  );
}
