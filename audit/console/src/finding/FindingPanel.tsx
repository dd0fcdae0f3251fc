import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Tooltip } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import { saveEvidence } from '../api/files';
import { findingQuery, type Finding, type Stay } from '../api/findings';
import { usePerson } from '../api/people';
import { rulesQuery } from '../api/reference';
import { usePreferences } from '../preferences';
import { Failure } from '../shell/Failure';
import { Money } from '../shell/Money';
import { Waiting } from '../shell/Waiting';
import { useTexts } from '../text';
import { Articles } from './Articles';
import { Deadline } from './Deadline';
import { History } from './History';
import { Lines } from './Lines';
import { Neighbours } from './Neighbours';
import { Reckoning } from './Reckoning';
import { SeverityTag } from './SeverityTag';
import { StateTag } from './StateTag';
import { Worker } from './Worker';

interface Props {
  finding: Finding;
  stay: Stay | undefined;
  choose?: (key: string) => void;
}

// FindingPanel is one finding, whole: rule, reckoning, lines, law, and what happened.
export function FindingPanel({ finding, stay, choose }: Props) {
  const texts = useTexts();
  const { language } = usePreferences();
  const rule = useQuery(rulesQuery).data?.get(finding.rule);
  const detail = useQuery(findingQuery(finding.finding_id));
  const person = usePerson();
  return (
    <div className="finding" id={finding.finding_id}>
      <header>
        <div className="finding-title">
          <SeverityTag severity={finding.severity} />
          <h2>
            <span className="code">{finding.rule}</span> {rule?.name[language]}
          </h2>
          <span className="grow" />
          <Tooltip title={texts.finding.evidencePack}>
            <Button
              className="no-print"
              size="small"
              type="text"
              icon={<DownloadOutlined />}
              aria-label={texts.finding.evidencePack}
              onClick={() => void saveEvidence(finding.finding_id)}
            />
          </Tooltip>
        </div>
        <div className="finding-facts">
          <span className="amount">
            <Money amount={finding.amount} /> <small>{texts.units.yuan}</small>
          </span>
          <StateTag state={finding.state} />
          {finding.due_on && <Deadline due={finding.due_on} state={finding.state} provisional={finding.due_provisional} />}
          <Worker finding={finding} />
        </div>
        {rule?.trial && <Alert type="info" title={texts.finding.trial} />}
        {finding.proposed && (
          <Alert type="warning" title={texts.finding.proposedBy(person(finding.proposed.by))} description={finding.proposed.reason} />
        )}
      </header>
      <Reckoning finding={finding} />
      <Lines finding={finding} stay={stay} {...(choose ? { choose } : {})} />
      {detail.data ? (
        <History finding={detail.data} />
      ) : detail.error ? (
        <Failure error={detail.error} retry={() => void detail.refetch()} />
      ) : (
        <Waiting rows={3} />
      )}
      <Neighbours finding={finding} stay={stay} />
      <Articles finding={finding} />
      <footer className="weak">
        {texts.finding.subject} <span className="code">{finding.subject}</span> · {texts.finding.version(finding.rule_version)}
      </footer>
    </div>
  );
}
