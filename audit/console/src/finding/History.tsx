import { MailOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { saveFile, saveNotice } from '../api/files';
import type { FindingDetail } from '../api/findings';
import { usePerson } from '../api/people';
import { statusQuery, useInstitutionName } from '../api/reference';
import { minute, money, sum } from '../format';
import { useTexts, wordOf } from '../text';

interface Step {
  at: string;
  what: string;
  who: string;
  said?: string | undefined;
  notes: string[];
  files: string[];
  told: string[]; // institutions that a letter went to
}

// History is what facts and people did, in one line of time, with what was said in full.
export function History({ finding }: { finding: FindingDetail }) {
  const texts = useTexts();
  const nameOf = useInstitutionName();
  const clock = useQuery(statusQuery).data?.clock;
  const person = usePerson();
  const { message } = App.useApp();
  const facts: Step[] = finding.history.map((event) => ({
    at: event.at,
    what: wordOf(texts.actions, event.change),
    who: '',
    notes: [],
    files: [],
    told: [],
  }));
  const acts: Step[] = finding.journal.map((event) => ({
    at: event.at,
    what: wordOf(texts.actions, event.action),
    who: event.institution_id ? nameOf(event.institution_id) : person(event.by),
    said: event.erased ? texts.finding.erased : event.reason || event.text,
    notes: [
      event.proposed ? texts.queue.proposed : '',
      event.told?.length ? texts.finding.told(event.told.map(nameOf).join(', ')) : '',
      event.due_on ? `${texts.queue.columns.due} ${event.due_on}` : '',
      event.assignee ? texts.queue.assignedTo(person(event.assignee)) : '',
      event.lines?.length ? `${texts.records.lines(String(event.lines.length))} ${money(sum(event.lines.map((l) => l.amount)))}` : '',
    ].filter(Boolean),
    files: event.attachments ?? [],
    told: event.told ?? [],
  }));
  const steps = [...facts, ...acts];
  // With the clock of events, people act by that clock and facts are noticed by the machine's.
  if (clock === 'wall') steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <section>
      <h3>{texts.finding.history}</h3>
      <ol className="history">
        {steps.map((step, i) => (
          <li key={i}>
            <div>
              <span className="figures weak">{minute(step.at)}</span> <b>{step.what}</b> {step.who}
            </div>
            {step.notes.length > 0 && <div className="weak">{step.notes.join(' · ')}</div>}
            {step.said && <blockquote>{step.said}</blockquote>}
            {step.told.map((institution) => (
              <Button
                key={institution}
                className="no-print"
                size="small"
                type="link"
                icon={<MailOutlined />}
                onClick={() => void saveNotice(institution, step.at).catch((error: Error) => message.error(error.message || texts.answers.failed))}
              >
                {texts.finding.letter(nameOf(institution))}
              </Button>
            ))}
            {step.files.map((sha256) => (
              <Button key={sha256} size="small" type="link" icon={<PaperClipOutlined />} onClick={() => void saveFile(sha256)}>
                {texts.finding.attachments} <span className="code">{sha256.slice(0, 8)}</span>
              </Button>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
