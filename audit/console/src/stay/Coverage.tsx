import { useQuery } from '@tanstack/react-query';
import { Button, Popover } from 'antd';
import type { Stay } from '../api/findings';
import { rulesQuery } from '../api/reference';
import { usePreferences } from '../preferences';
import { useTexts } from '../text';

// Coverage says what the rules made of the stay. What could not be evaluated is named
// with its reason: it has not passed.
export function Coverage({ stay }: { stay: Stay }) {
  const texts = useTexts();
  const { language } = usePreferences();
  const rules = useQuery(rulesQuery).data;
  const of = (result: string) => stay.coverage.filter((row) => row.result === result);
  const missed = of('not_evaluated');
  const list = (
    <ul className="missed">
      {missed.map((row) => (
        <li key={`${row.rule}|${row.person_id}`}>
          <span className="code">{row.rule}</span> {rules?.get(row.rule)?.name[language]}
          <div className="weak">{row.reason}</div>
        </li>
      ))}
    </ul>
  );
  const label = texts.stay.coverageCounts(of('hit').length, of('pass').length, missed.length);
  return missed.length === 0 ? (
    <span>{label}</span>
  ) : (
    <Popover trigger="click" title={texts.records.results.not_evaluated} content={list} placement="bottomRight">
      <Button type="link" size="small" className="coverage">
        {label}
      </Button>
    </Popover>
  );
}
