import { Link } from 'react-router';
import { placeOf, type Alert } from './alerts';
import { useTitle } from './useTitle';

// About names an alert and leads to what it is about.
export function About({ alert, follow }: { alert: Alert; follow?: () => void }) {
  const title = useTitle()(alert);
  const place = placeOf(alert);
  const { rule, of, finding_id } = alert.labels;
  return (
    <>
      {place ? (
        <Link className="what" to={place} onClick={follow}>
          {title}
        </Link>
      ) : (
        title
      )}
      <span className="code weak of-what">{rule ?? (of ?? finding_id ?? '').slice(0, 14)}</span>
    </>
  );
}
