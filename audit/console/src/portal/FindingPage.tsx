import { ArrowLeftOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { findingQuery, type FindingDetail } from '../api/findings';
import { Articles } from '../finding/Articles';
import { History } from '../finding/History';
import { Reckoning } from '../finding/Reckoning';
import { SeverityTag } from '../finding/SeverityTag';
import { StateTag } from '../finding/StateTag';
import { day, minute } from '../format';
import { Loaded } from '../shell/Loaded';
import { Money } from '../shell/Money';
import { Facts, Page } from '../shell/Page';
import '../stay/stay.css';
import { useTexts } from '../text';
import { Answer } from './Answer';
import { ChargedLines } from './ChargedLines';
import { RuleName } from './FindingName';
import './portal.css';
import { usePortal } from './texts';

// FindingPage is a finding as an institution is told of it, with its answer beside.
export function FindingPage() {
  const { id = '' } = useParams();
  const query = useQuery(findingQuery(id));
  return <Loaded query={query} rows={16}>{(finding) => <Told key={id} finding={finding} />}</Loaded>;
}

const fact = (name: string, value: ReactNode): [string, ReactNode] => [name, value];

function Told({ finding }: { finding: FindingDetail }) {
  const { finding: texts } = usePortal();
  const { units } = useTexts();
  const days = [finding.from, finding.until].filter((at) => at !== null).map(day);
  return (
    <Page
      title={
        <span className="row-title">
          <Link to="/our/findings" className="no-print" aria-label={texts.back}>
            <ArrowLeftOutlined />
          </Link>
          <SeverityTag severity={finding.severity} />
          <Link to={`/handbook/${finding.rule}`}>
            <RuleName code={finding.rule} />
          </Link>
          <StateTag state={finding.state} />
        </span>
      }
    >
      <Facts
        facts={[
          fact(texts.amount, <b><Money amount={finding.amount} /> {units.yuan}</b>),
          fact(texts.stay, finding.stay_id && <span className="code">{finding.stay_id}</span>),
          fact(texts.person, finding.person_id && <span className="code">{finding.person_id}</span>),
          fact(texts.days, [...new Set(days)].join(' – ')),
          fact(texts.told, finding.notified_at && minute(finding.notified_at)),
          fact(texts.due, finding.due_on),
        ].filter(([, value]) => value)}
      />
      <div className="ours">
        <div className="finding">
          <ChargedLines finding={finding} />
          <Reckoning finding={finding} />
          <Articles finding={finding} />
          <History finding={finding} />
        </div>
        <Answer finding={finding} />
      </div>
    </Page>
  );
}
