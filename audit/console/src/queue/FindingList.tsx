import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InputRef } from 'antd';
import { useMemo, type RefObject } from 'react';
import { findingsQuery, type Finding } from '../api/findings';
import { rulesQuery, useInstitutionName } from '../api/reference';
import { allowedOn } from '../decision/allowed';
import { useBulkDecision } from '../decision/useBulkDecision';
import { sum } from '../format';
import { usePreferences } from '../preferences';
import { useKeys } from '../shell/keys';
import { useTexts } from '../text';
import { FindingRow } from './FindingRow';
import { matches, type View } from './filters';
import { QueueRows } from './QueueRows';
import { SelectionBar } from './SelectionBar';
import { useRows } from './useRows';

const idOf = (finding: Finding) => finding.finding_id;

interface Props {
  view: View;
  total: number;
  searchField: RefObject<InputRef | null>;
}

// FindingList is the queue, a finding a row: chosen and decided by keys or by mouse.
export function FindingList({ view, total, searchField }: Props) {
  const { queue } = useTexts();
  const { language } = usePreferences();
  const nameOf = useInstitutionName();
  const library = useQuery(rulesQuery).data;
  const query = useInfiniteQuery(findingsQuery(view.filters, view.sort));
  const rows = useRows({ query, view, nameOf: idOf, searchField });
  const { chosen, subjects, clear } = rows;
  const bulk = useBulkDecision(clear);
  const possible = useMemo(() => chosen.flatMap((f) => allowedOn(f)), [chosen]);
  useKeys({
    n: () => bulk.decide('notify', subjects()),
    r: () => bulk.decide('reject', subjects()),
    a: () => bulk.decide('release', subjects()),
    c: () => bulk.claim(subjects()),
  });

  if (rows.instead) return rows.instead;
  const { columns } = queue;
  return (
    <>
      <QueueRows
        rows={rows}
        className="of-findings"
        total={query.hasNextPage ? total : 0}
        columns={[
          { title: queue.severity },
          { title: columns.rule },
          { title: columns.institution },
          { title: columns.stay },
          { title: columns.amount, number: true },
          { title: columns.due },
          { title: columns.state },
          { title: columns.worker },
          { title: columns.revised, number: true },
        ]}
        row={(finding, line) => (
          <FindingRow
            key={finding.finding_id}
            {...line}
            finding={finding}
            ruleName={library?.get(finding.rule)?.name[language] ?? ''}
            institution={nameOf(finding.institution_id)}
            passed={!matches(view.filters, finding)}
          />
        )}
      />
      <SelectionBar
        size={chosen.length}
        amount={sum(chosen.map((f) => f.amount))}
        possible={possible}
        decide={(action) => bulk.decide(action, chosen)}
        clear={clear}
      />
      {bulk.dialog}
    </>
  );
}
