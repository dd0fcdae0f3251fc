import { Alert } from 'antd';
import type { Finding } from '../api/findings';
import { money } from '../format';
import { useTexts, wordOf } from '../text';
import { changesBetween, type Change } from './changes';

// ChangedNotice shows what is no longer as it was when the decision was made.
export function ChangedNotice({ before, now }: { before: Finding; now: Finding }) {
  const texts = useTexts();
  const written = ({ what }: Change, value: string) => {
    if (what === 'amount') return money(value);
    if (what === 'state') return wordOf(texts.states, value);
    if (what === 'severity') return wordOf(texts.severities, value);
    return value || texts.units.none;
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={texts.decide.changed}
      description={
        <>
          <p>{texts.decide.changedHint}</p>
          <table className="changes">
            <thead>
              <tr>
                <th />
                <th>{texts.decide.before}</th>
                <th>{texts.decide.now_}</th>
              </tr>
            </thead>
            <tbody>
              {changesBetween(before, now).map((change) => (
                <tr key={change.what}>
                  <th>{texts.decide.facts[change.what]}</th>
                  <td>{written(change, change.before)}</td>
                  <td>
                    <b>{written(change, change.now)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      }
    />
  );
}
