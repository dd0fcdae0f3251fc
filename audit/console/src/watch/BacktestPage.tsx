import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { Link, useParams } from 'react-router';
import { answered, client } from '../api/client';
import { usePerson } from '../api/people';
import { rulesQuery } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { count, minute } from '../format';
import { usePreferences } from '../preferences';
import { deciders } from '../roles';
import { Loaded } from '../shell/Loaded';
import { Facts, Page } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import { BacktestResult } from './BacktestResult';
import { asked } from './BacktestsPage';
import { BacktestState } from './BacktestState';
import { backtestQuery, isRunning } from './read';
import { useWatch } from './texts';

// BacktestPage is one backtest: what was asked, how far it is, and what would change.
export function BacktestPage() {
  const { id = '' } = useParams();
  const { backtests: texts } = useWatch();
  const { units } = useTexts();
  const { language } = usePreferences();
  const identity = useIdentity();
  const person = usePerson();
  const library = useQuery(rulesQuery).data;
  const act = useAct({
    send: (_: string) => answered(client.DELETE('/v1/backtests/{backtest_id}', { params: { path: { backtest_id: id } } })),
    stale: [['backtest', id], ['backtests']],
  });
  return (
    <Loaded query={useQuery(backtestQuery(id))}>
      {(b) => (
        <Page
          title={
            <>
              {texts.one} <span className="code">{b.request.rule === '*' ? '' : b.request.rule}</span> {library?.get(b.request.rule)?.name[language] ?? texts.allRules} <BacktestState state={b.state} />
            </>
          }
          actions={
            <>
              <Link to="/backtests">{texts.back}</Link>
              {isRunning(b) && has(identity, ...deciders) && (
                <Button danger loading={act.busy} onClick={() => void act.act(id)}>
                  {texts.cancel}
                </Button>
              )}
              {!isRunning(b) && b.request.rule !== '*' && <Link to={`/rules/${b.request.rule}?tab=parameters`}>{texts.toParameters}</Link>}
            </>
          }
        >
          <Refusal problem={act.problem} />
          <Facts
            facts={[
              [texts.columns.set, <span key="s" className="code">{asked(b.request) || texts.nothingSet}</span>],
              [texts.columns.period, texts.period(b.request.from || texts.beginning, b.request.until || texts.today)],
              [texts.asOf, minute(b.as_of)],
              [texts.knownAt, minute(b.known_at)],
              [texts.ran, b.rules.join(units.and)],
              [texts.columns.by, `${person(b.asked_by)} ${minute(b.asked_at)}`],
              [texts.scopes, `${count(b.progress.done)} / ${count(b.progress.scopes)}`],
            ]}
          />
          {b.fault && <Alert className="notice-line" type="error" showIcon title={b.fault} />}
          {isRunning(b) && <Progress aria-label={texts.columns.progress} percent={b.progress.scopes ? Math.floor((100 * b.progress.done) / b.progress.scopes) : 0} status="active" />}
          {b.result && <BacktestResult result={b.result} asked={b.request.set} />}
        </Page>
      )}
    </Loaded>
  );
}
