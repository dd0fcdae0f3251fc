import { ExperimentOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Tabs, Tag } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { countsQuery } from '../api/findings';
import { ruleQuery } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { SeverityTag } from '../finding/SeverityTag';
import { count, money } from '../format';
import { usePreferences } from '../preferences';
import { deciders, readers } from '../roles';
import { Loaded } from '../shell/Loaded';
import { Facts, Page } from '../shell/Page';
import { useTexts } from '../text';
import { sumsQuery } from './read';
import { RuleArticles } from './RuleArticles';
import { RuleParameters } from './RuleParameters';
import { judged, share, tallyBy } from './tally';
import { useWatch } from './texts';

// RulePage is one rule: what it finds and why, the law, its parameters, the cases that
// prove it, and what stands.
export function RulePage() {
  const { code = '' } = useParams();
  const { rule: texts, rules } = useWatch();
  const { units } = useTexts();
  const { language } = usePreferences();
  const [address, setAddress] = useSearchParams();
  const identity = useIdentity();
  const reads = has(identity, ...readers);
  const query = useQuery(ruleQuery(code));
  const counts = useQuery({ ...countsQuery({ rule: code }), enabled: reads }).data;
  const tally = tallyBy(useQuery({ ...sumsQuery({ rule: code }), enabled: reads }).data ?? [], (sum) => sum.rule).get(code);
  return (
    <Loaded query={query}>
      {(rule) => {
        const opinion = judged(counts?.states ?? []);
        return (
          <Page
            title={
              <>
                <span className="code">{rule.code}</span> {rule.name[language]} <SeverityTag severity={rule.severity} />{' '}
                <Tag color={rule.state === 'stable' ? 'green' : rule.state === 'trial' ? 'gold' : 'default'}>{rules.states[rule.state]}</Tag>
              </>
            }
            lead={<span className="explained">{rule.about?.[language]}</span>}
            actions={
              <>
                <Link to="/rules">{texts.back}</Link>
                {has(identity, ...deciders) && !identity.city && (
                  <Link to={`/backtests?rule=${rule.code}`}>
                    <Button icon={<ExperimentOutlined />}>{texts.backtest}</Button>
                  </Link>
                )}
              </>
            }
          >
            {rule.trial && <Alert className="notice-line" type="info" showIcon title={texts.trial} />}
            <Facts
              facts={[
                ...(reads && counts
                  ? ([
                      [texts.standing, <Link key="f" to={`/findings?rule=${rule.code}`}>{texts.findings(count(counts.findings), money(counts.amount))}</Link>],
                      [texts.confirmed, opinion.decided ? rules.ratio(share(opinion.confirmed, opinion.decided), count(opinion.decided)) : units.none],
                      [texts.missed, tally?.not_evaluated ? <Link key="c" to={`/coverage?rule=${rule.code}`}>{rules.ratio(share(tally.not_evaluated, tally.stays), count(tally.not_evaluated))}</Link> : units.none],
                    ] as [string, React.ReactNode][])
                  : []),
                [texts.scope, texts.scopes[rule.scope]],
                [texts.stays, texts.classes[rule.stays]],
                [texts.lookBack, rule.look_back[language]],
                [texts.time, rule.time[language]],
                [texts.version, String(rule.version)],
              ]}
            />
            <Tabs
              activeKey={address.get('tab') ?? 'law'}
              onChange={(tab) => setAddress(tab === 'law' ? {} : { tab }, { replace: true })}
              items={[
                { key: 'law', label: texts.law, children: <RuleArticles articles={rule.articles ?? []} /> },
                { key: 'parameters', label: texts.parameters(String(rule.parameters.length)), children: <RuleParameters rule={rule} /> },
                {
                  key: 'handbook',
                  label: texts.handbook,
                  children: (
                    <div className="prose">
                      <h3>{texts.answer}</h3>
                      <p>{rule.answer?.[language] ?? units.none}</p>
                      <h3>{texts.cannotTell}</h3>
                      <p>{rule.cannot_tell?.[language] ?? texts.usual}</p>
                      <h3>{texts.reads}</h3>
                      <p>
                        {(rule.reads ?? []).map((table) => (
                          <Link key={table} to={`/tables/${table}`}>
                            <Tag>{table}</Tag>
                          </Link>
                        ))}
                        {!rule.reads?.length && units.none}
                      </p>
                    </div>
                  ),
                },
                {
                  key: 'cases',
                  label: texts.cases(String(rule.cases)),
                  children: (
                    <ol className="cases-list" lang="en">
                      {rule.case_names?.map((name, at) => <li key={`${at}|${name}`}>{name}</li>)}
                    </ol>
                  ),
                },
                {
                  key: 'query',
                  label: texts.query,
                  children: (
                    <pre className="raw" tabIndex={0}>
                      {rule.query}
                    </pre>
                  ),
                },
              ]}
            />
          </Page>
        );
      }}
    </Loaded>
  );
}
