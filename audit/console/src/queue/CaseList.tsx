import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, type InputRef } from 'antd';
import type { RefObject } from 'react';
import { casesQuery } from '../api/findings';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { Problem } from '../api/problem';
import { allowedIn } from '../decision/allowed';
import type { Action } from '../decision/outbox';
import { useBulkDecision } from '../decision/useBulkDecision';
import { sum } from '../format';
import { usePreferences } from '../preferences';
import { useKeys } from '../shell/keys';
import { useTexts } from '../text';
import { CaseRow } from './CaseRow';
import type { View } from './filters';
import { findingsOf, mostCases } from './findingsOf';
import { QueueRows } from './QueueRows';
import { SelectionBar } from './SelectionBar';
import { caseKey } from './trail';
import { useRows } from './useRows';

interface Props {
  view: View;
  searchField: RefObject<InputRef | null>;
}

// CaseList is the queue, a stay a row.
export function CaseList({ view, searchField }: Props) {
  const { queue, answers } = useTexts();
  const { language } = usePreferences();
  const { message } = App.useApp();
  const nameOf = useInstitutionName();
  const library = useQuery(rulesQuery).data;
  const query = useInfiniteQuery(casesQuery(view.filters, view.sort));
  const rows = useRows({ query, view, nameOf: caseKey, searchField });
  const { chosen, clear } = rows;
  const bulk = useBulkDecision(clear);
  // What a case holds is read when it is decided: its findings as they are then.
  const decide = async (action: Action) => {
    const cases = rows.subjects();
    if (cases.length > mostCases) return void message.info(queue.tooManyCases(mostCases));
    try {
      bulk.decide(action, await findingsOf(cases, view.filters));
    } catch (error) {
      void message.error(error instanceof Problem && error.message ? error.message : answers.unreachable);
    }
  };
  useKeys({
    n: () => void decide('notify'),
    r: () => void decide('reject'),
    a: () => void decide('release'),
  });

  if (rows.instead) return rows.instead;
  const { columns } = queue;
  return (
    <>
      <QueueRows
        rows={rows}
        className="of-cases"
        columns={[
          { title: columns.findings, number: true },
          { title: queue.severity },
          { title: columns.rule },
          { title: columns.institution },
          { title: columns.stay },
          { title: columns.amount, number: true },
          { title: columns.due },
          { title: columns.state },
          { title: columns.revised, number: true },
        ]}
        row={(item, line) => (
          <CaseRow
            key={caseKey(item)}
            {...line}
            item={item}
            ruleNames={item.rules.map((code) => library?.get(code)?.name[language] ?? code).join(language === 'zh' ? '、' : ', ')}
            institution={nameOf(item.institution_id)}
          />
        )}
      />
      <SelectionBar
        size={chosen.length}
        amount={sum(chosen.map((c) => c.amount))}
        possible={allowedIn(chosen.flatMap((c) => c.states))}
        decide={(action) => void decide(action)}
        clear={clear}
      />
      {bulk.dialog}
    </>
  );
}
