import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Tag, Timeline } from 'antd';
import { saveFile } from '../api/files';
import { useInstitutionName } from '../api/reference';
import { minute } from '../format';
import { Person } from '../shell/Person';
import { useTexts, wordOf } from '../text';
import { FieldValue } from './FieldValue';
import type { Matter, Register, Taken } from './matters';
import { useMeasures, useWords } from './texts';

const colorOf = (step: Taken): string => (step.proposed ? 'orange' : ['decline', 'withdraw'].includes(step.action) ? 'gray' : step.late ? 'red' : step.institution_id ? 'green' : 'blue');

// MatterHistory is who took which step when, and what was said by it.
export function MatterHistory({ register, matter }: { register: Register; matter: Matter }) {
  return <Timeline className="steps" items={(matter.history ?? []).map((step) => ({ key: step.seq, color: colorOf(step), content: <Step register={register} step={step} /> }))} />;
}

const quiet = new Set(['dossier', 'inputs', 'draw', 'rows_before', 'sheet']);

function Step({ register, step }: { register: Register; step: Taken }) {
  const texts = useTexts();
  const words = useWords();
  const { step: say } = useMeasures();
  const nameOf = useInstitutionName();
  const said = Object.entries({ ...step.fields, ...step.texts }).filter(([name, value]) => value && !quiet.has(name));
  const what = wordOf(words.actions, step.action);
  return (
    <div className="step">
      <div>
        <b>{step.of ? say.about(what, wordOf(words.actions, step.of)) : what}</b>{' '}
        {step.proposed && <Tag color="orange">{texts.queue.proposed}</Tag>}
        {step.late && <Tag color="red">{say.late}</Tag>}
        {step.tells && <Tag>{say.told}</Tag>}
        <span className="weak">
          {step.institution_id ? nameOf(step.institution_id) : <Person id={step.by} />} · <span className="figures">{minute(step.at)}</span>
        </span>
      </div>
      {step.maker && (
        <div className="weak">
          {say.maker} <Person id={step.maker} />
        </div>
      )}
      {step.reason && <div className="said">{step.reason}</div>}
      {step.erased && <div className="weak">{texts.finding.erased}</div>}
      {said.length > 0 && (
        <dl className="said-fields">
          {said.map(([name, value]) => (
            <div key={name}>
              <dt>{wordOf(words.facts, name)}</dt>
              <dd>
                <FieldValue field={register.fields.find((f) => f.name === name)} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {step.attachments?.map((sha256) => (
        <Button key={sha256} size="small" type="link" icon={<PaperClipOutlined />} onClick={() => void saveFile(sha256)}>
          {texts.finding.attachments} <span className="code">{sha256.slice(0, 8)}</span>
        </Button>
      ))}
    </div>
  );
}
