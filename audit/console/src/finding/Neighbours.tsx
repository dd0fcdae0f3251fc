import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { countsQuery, type Finding } from '../api/findings';
import { count } from '../format';
import { addressOf, type Filters } from '../queue/filters';
import { useTexts } from '../text';

// Neighbours leads to the other findings of the person, and to those of the rule at the
// institution: whether something happens again is part of judging it.
export function Neighbours({ finding }: { finding: Finding }) {
  const { finding: words } = useTexts();
  return (
    <p className="neighbours no-print">
      {finding.person_id && <Neighbour label={words.ofPerson} filters={{ person_id: finding.person_id }} />}
      <Neighbour label={words.ofRule} filters={{ institution_id: finding.institution_id, rule: finding.rule }} />
    </p>
  );
}

function Neighbour({ label, filters }: { label: string; filters: Filters }) {
  const counts = useQuery(countsQuery(filters)).data;
  return (
    <Link to={{ pathname: '/findings', search: addressOf({ filters, sort: 'revised', by: 'finding' }).toString() }}>
      {label} <span className="figures">{counts && count(counts.findings)}</span>
    </Link>
  );
}
