import { ArrowLeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Tooltip } from 'antd';
import { Link } from 'react-router';
import type { Stay } from '../api/findings';
import { useInstitutionName } from '../api/reference';
import { minute, money, sum } from '../format';
import { Coverage } from './Coverage';
import { Key } from '../shell/Key';
import { useTexts, wordOf } from '../text';

interface Props {
  stay: Stay;
  back: string;
  next: (() => void) | undefined;
}

// StayFacts says whose stay it is, where, and when.
export function StayFacts({ stay, back, next }: Props) {
  const texts = useTexts();
  const nameOf = useInstitutionName();
  const person = stay.persons.find((p) => p.admitted_at) ?? stay.persons[0];
  const admission = stay.records.find((r) => r.kind === 'admission' && !r.cancelled);
  const charged = sum(stay.records.filter((r) => !r.cancelled && !r.ahead && r.net).map((r) => r.net!));
  const diagnoses = admission?.diagnoses?.map((d) => [d.code, d.name].filter(Boolean).join(' ')).join('; ');
  const facts: [string, string | undefined][] = [
    [texts.stay.institution, nameOf(stay.institution_id)],
    [texts.stay.person, person?.person_id],
    [texts.stay.class, person?.class && wordOf(texts.records.words, person.class)],
    [texts.stay.admitted, person?.admitted_at ? minute(person.admitted_at) : undefined],
    [texts.stay.discharged, person?.discharged_at ? minute(person.discharged_at) : person?.admitted_at ? texts.stay.notDischarged : undefined],
    [texts.stay.diagnoses, diagnoses],
    [texts.stay.charged, money(charged)],
  ];
  return (
    <header className="stay-facts">
      <div className="stay-title">
        <Tooltip title={texts.stay.backToQueue}>
          <Link to={back} className="no-print" aria-label={texts.stay.backToQueue}>
            <ArrowLeftOutlined />
          </Link>
        </Tooltip>
        <h1>{texts.stay.title(stay.stay_id)}</h1>
        <span className="grow" />
        <Button className="no-print" size="small" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {texts.shell.print}
        </Button>
        {next && (
          <Button className="no-print" size="small" icon={<RightOutlined />} onClick={next}>
            {texts.keys.next}
            <Key name="l" />
          </Button>
        )}
      </div>
      <dl>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="figures">{value}</dd>
            </div>
          ))}
        <div>
          <dt>{texts.stay.coverage}</dt>
          <dd>
            <Coverage stay={stay} />
          </dd>
        </div>
      </dl>
      {stay.persons.length > 1 && (
        <Alert type="warning" banner title={`${texts.stay.shared}: ${stay.persons.map((p) => p.person_id).join(', ')}`} />
      )}
    </header>
  );
}
