import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useParams } from 'react-router';
import { findingQuery, stayQuery, type FindingDetail } from '../api/findings';
import { Problem } from '../api/problem';
import { isHospital, useIdentity } from '../api/session';
import { findingPath } from '../queue/trail';
import { Failure } from '../shell/Failure';
import { Waiting } from '../shell/Waiting';
import { FindingAlone } from './FindingAlone';
import { StayCase } from './StayCase';

// FindingPage is one finding, in the case that it belongs to.
export function FindingPage() {
  const { id = '' } = useParams();
  const hospital = isHospital(useIdentity());
  const query = useQuery({ ...findingQuery(id), enabled: !hospital });
  if (hospital) return <Navigate to={`/our/findings/${id}`} replace />; // from a link in a letter or a message
  if (query.data) return query.data.stay_id ? <InItsStay finding={query.data} /> : <FindingAlone key={id} finding={query.data} />;
  return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Waiting rows={16} />;
}

function InItsStay({ finding }: { finding: FindingDetail }) {
  const navigate = useNavigate();
  const query = useQuery(stayQuery(finding.institution_id, finding.stay_id ?? ''));
  const stay = query.data;
  if (stay) {
    // A retracted finding is in no stay, and still has a page.
    const whole = stay.findings.some((f) => f.finding_id === finding.finding_id) ? stay : { ...stay, findings: [finding, ...stay.findings] };
    return (
      <StayCase
        key={`${stay.institution_id}|${stay.stay_id}`}
        stay={whole}
        selected={finding.finding_id}
        select={(other) => void navigate(findingPath(other), { replace: true })}
      />
    );
  }
  if (!query.error) return <Waiting rows={16} />;
  // Facts that were voided leave a finding without its stay.
  if (query.error instanceof Problem && query.error.code === 'not_found') return <FindingAlone finding={finding} />;
  return <Failure error={query.error} retry={() => void query.refetch()} />;
}
