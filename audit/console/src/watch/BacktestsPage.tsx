import { PlusOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { answered, client } from '../api/client';
import { usePerson } from '../api/people';
import { has, useIdentity } from '../api/session';
import { count, minute } from '../format';
import { deciders } from '../roles';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { BacktestForm } from './BacktestForm';
import { BacktestState } from './BacktestState';
import { isRunning, type Backtest } from './read';
import { useWatch } from './texts';

// asked names what differs: days=10, ADM-003.hours=12.
export const asked = (request: Backtest['request']): string =>
  Object.entries(request.set ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('  ');

// BacktestsPage lists what was tried over history; /backtests?rule=ADM-001 opens the form.
export function BacktestsPage() {
  const { backtests: texts } = useWatch();
  const [address, setAddress] = useSearchParams();
  const identity = useIdentity();
  const person = usePerson();
  const rule = address.get('rule');
  const may = has(identity, ...deciders) && !identity.city;
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAddress({ rule: '' })}>
            {texts.add}
          </Button>
        )
      }
    >
      <Listing<Backtest>
        name={['backtests']}
        read={(cursor, signal) => answered(client.GET('/v1/backtests', { params: { query: { cursor } }, signal }))}
        rowKey={(b) => b.backtest_id}
        label={texts.title}
        empty={texts.empty}
        hint={texts.emptyHint}
        columns={[
          column(texts.columns.at, (b) => (
            <Link className="figures" to={`/backtests/${b.backtest_id}`}>
              {minute(b.asked_at)}
            </Link>
          )),
          column(texts.columns.rule, (b) => (b.request.rule === '*' ? texts.allRules : <Link to={`/rules/${b.request.rule}`}>{b.request.rule}</Link>)),
          column(texts.columns.set, (b) => <span className="code">{asked(b.request) || texts.nothingSet}</span>),
          column(texts.columns.period, (b) => <span className="figures">{texts.period(b.request.from || texts.beginning, b.request.until || texts.today)}</span>),
          column(texts.columns.state, (b) => <BacktestState state={b.state} />),
          column(texts.columns.progress, (b) =>
            isRunning(b) ? (
              <Progress className="bar" size="small" aria-label={texts.columns.progress} percent={b.progress.scopes ? Math.floor((100 * b.progress.done) / b.progress.scopes) : 0} status="active" />
            ) : (
              <span className="figures weak">{`${count(b.progress.done)} / ${count(b.progress.scopes)}`}</span>
            ),
          ),
          column(texts.columns.by, (b) => person(b.asked_by)),
        ]}
      />
      {may && rule !== null && <BacktestForm rule={rule || undefined} close={() => setAddress({}, { replace: true })} />}
    </Page>
  );
}
