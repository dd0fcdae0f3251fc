import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { stayQuery } from '../api/findings';
import { Failure } from '../shell/Failure';
import { Waiting } from '../shell/Waiting';
import { StayCase } from './StayCase';

// StayPage is the case of a stay: /stays/H02/S1, with ?finding= for one of its findings.
export function StayPage() {
  const { institution = '', stay = '' } = useParams();
  const [address, setAddress] = useSearchParams();
  const query = useQuery(stayQuery(institution, stay));
  if (query.data) {
    return (
      <StayCase
        key={`${institution}|${stay}`}
        stay={query.data}
        selected={address.get('finding') ?? undefined}
        select={(finding) => setAddress({ finding }, { replace: true })}
      />
    );
  }
  return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Waiting rows={16} />;
}
