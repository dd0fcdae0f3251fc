import { usePreferences } from '../preferences';
import { useTexts, wordOf } from '../text';
import type { Role } from '../api/session';
import type { Register, RegisterStep } from './matters';
import { useMeasures, useWords } from './texts';
import { lawOf, termOf } from './words';

interface Props {
  register: Register;
  step: RegisterStep;
  action: string;
  measure: string | undefined;
}

// StepAbout says before a step what it rests on and what will follow.
export function StepAbout({ register, step, action, measure }: Props) {
  const texts = useTexts();
  const words = useWords();
  const { step: say, follows } = useMeasures();
  const { language } = usePreferences();
  const known: Record<string, string> = follows;
  const consequence = known[`${register.kind}.${action}.${measure}`] ?? known[`${register.kind}.${action}`] ?? known[action];
  const confirming = action === 'confirm';
  return (
    <>
      <p>
        <b>{lawOf(words, step.law)}</b> {language === 'en' && step.description}
      </p>
      <ul>
        {consequence && <li>{consequence}</li>}
        {step.to && (confirming || !step.second) && <li>{say.becomes(wordOf(words.states, step.to))}</li>}
        {step.deadline && <li>{say.due(termOf(words, step.deadline))}</li>}
        {step.second && !['confirm', 'decline', 'withdraw'].includes(action) && (
          <li>{say.second(step.second.map((role) => wordOf(texts.roles, role as Role)).join(texts.units.and))}</li>
        )}
      </ul>
    </>
  );
}
