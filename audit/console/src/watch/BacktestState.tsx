import { Tag } from 'antd';
import type { Backtest } from './read';
import { useWatch } from './texts';

const colors: Record<Backtest['state'], string> = { queued: 'default', running: 'blue', done: 'green', cancelled: 'default', failed: 'red', interrupted: 'gold' };

export function BacktestState({ state }: Pick<Backtest, 'state'>) {
  const { backtests: texts } = useWatch();
  return <Tag color={colors[state]}>{texts.states[state]}</Tag>;
}
