import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { rulesQuery } from '../api/reference';
import { SeverityTag } from '../finding/SeverityTag';
import type { Finding } from '../api/findings';
import { usePreferences } from '../preferences';

// FindingName leads to a finding by the name of its rule.
export function FindingName({ finding }: { finding: Pick<Finding, 'finding_id' | 'rule' | 'severity'> }) {
  return (
    <span className="row-title">
      <SeverityTag severity={finding.severity} />
      <Link to={`/our/findings/${finding.finding_id}`}>
        <RuleName code={finding.rule} />
      </Link>
    </span>
  );
}

// RuleName is the code of a rule and what it is called.
export function RuleName({ code }: { code: string }) {
  const { language } = usePreferences();
  const name = useQuery(rulesQuery).data?.get(code)?.name[language];
  return (
    <>
      <span className="code">{code}</span> {name}
    </>
  );
}
