import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { countsQuery, type Finding, type Stay } from '../api/findings';
import { count } from '../format';
import { addressOf, type Filters } from '../queue/filters';
import { useTexts } from '../text';
import { authorsOf } from './authors';

// Neighbours leads to the other findings of the person, to those of the rule at the
// institution, and to earlier ones of the same physician and item: whether something
// happens again is part of judging it.
export function Neighbours({ finding, stay }: { finding: Finding; stay: Stay | undefined }) {
  const { finding: words } = useTexts();
  const authors = authorsOf(finding, stay);
  return (
    <p className="neighbours no-print">
      {authors && authors.physician_id && authors.item_code && (
        <Neighbour label={words.ofAuthor(authors.physician_id, authors.item_name ?? authors.item_code)} filters={{ physician_id: authors.physician_id, item_code: authors.item_code }} />
      )}
      {authors?.physician_id && <Neighbour label={words.ofPhysician(authors.physician_id)} filters={{ physician_id: authors.physician_id }} />}
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
