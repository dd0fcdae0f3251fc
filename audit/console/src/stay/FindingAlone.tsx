import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useNavigate } from 'react-router';
import type { FindingDetail } from '../api/findings';
import { useInstitutionName } from '../api/reference';
import { DecideBar } from '../decision/DecideBar';
import { FindingPanel } from '../finding/FindingPanel';
import { afterCase, backToQueue, caseKey, nextCase } from '../queue/trail';
import { useKeys } from '../shell/keys';
import { useTexts } from '../text';
import './stay.css';

// FindingAlone is a finding that is about no single stay: of an institution, of a device.
export function FindingAlone({ finding }: { finding: FindingDetail }) {
  const texts = useTexts();
  const navigate = useNavigate();
  const nameOf = useInstitutionName();
  const goTo = (path: string | undefined) => {
    if (path) void navigate(path);
  };
  useKeys({ l: () => goTo(nextCase(caseKey(finding))), Escape: () => void navigate(backToQueue()) });
  return (
    <div className="alone">
      <div className="stay-title">
        <Link to={backToQueue()} className="no-print" aria-label={texts.stay.backToQueue}>
          <ArrowLeftOutlined />
        </Link>
        <h1>
          {nameOf(finding.institution_id)} <span className="code weak">{finding.person_id}</span>
        </h1>
      </div>
      <div className="case-scroll">
        <FindingPanel finding={finding} stay={undefined} />
      </div>
      <DecideBar key={finding.finding_id} finding={finding} stay={undefined} decided={() => goTo(afterCase(caseKey(finding)))} />
    </div>
  );
}
