import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { has, useIdentity } from '../api/session';
import type { Role } from '../api/session';
import { minute } from '../format';
import { Person } from '../shell/Person';
import { useAct } from '../shell/useAct';
import { wordOf } from '../text';
import { asked, stepOf, takeStep, touched, type Matter, type Register, type StepBody } from './matters';
import { StepAbout } from './StepAbout';
import { StepDialog, type Typed } from './StepDialog';
import { useMeasures, useWords } from './texts';

const grave = new Set(['drop', 'cancel', 'refuse', 'decline', 'reject', 'mark_refused', 'mark_overdue', 'fail', 'revoke', 'list', 'end', 'end_suspended', 'expire', 'lift']);

// What goes out to the institution together with the confirmation of a measure.
const withNotice = ['notice', 'notice_no', 'service'];

interface Props {
  plural: string;
  register: Register;
  matter: Matter;
}

// NextSteps is what the reader may do about an entry now, and who else may when it is
// not the reader.
export function NextSteps({ plural, register, matter }: Props) {
  const words = useWords();
  const { step: say } = useMeasures();
  const queries = useQueryClient();
  const [action, setAction] = useState<string>();
  const { act, busy, problem, forget } = useAct<StepBody, Matter>({
    send: (body, key) => takeStep(plural, matter.id, body, key),
    stale: touched(plural),
    done: (answer) => {
      queries.setQueryData(['matter', plural, matter.id], answer);
      setAction(undefined);
    },
  });
  const step = action ? stepOf(register, matter, action) : undefined;
  const tellsToo = register.kind === 'sanction' && action === 'confirm' && matter.proposal?.action === 'propose';
  const staff = matter.fields['measure'] === 'staff_suspended';
  const fields = !step
    ? []
    : tellsToo && !staff
      ? register.fields.filter((f) => withNotice.includes(f.name)).map((field) => ({ field, needed: false }))
      : ['confirm', 'decline', 'withdraw'].includes(action ?? '')
        ? []
        : asked(register, step);
  const send = ({ fields: said, reason, files, hold }: Typed) =>
    void act({
      action: action!,
      expected_revision: matter.revision,
      reason: reason.trim(),
      fields: said,
      attachments: files.map((file) => file.sha256),
      ...(hold ? { hold_notice: true } : {}),
    });
  return (
    <>
      <Proposed register={register} matter={matter} />
      <div className="next-steps no-print">
        {matter.possible.map((possible) => (
          <Button
            key={possible}
            type={possible === 'confirm' || matter.possible.length === 1 ? 'primary' : 'default'}
            danger={grave.has(possible)}
            onClick={() => {
              forget();
              setAction(possible);
            }}
          >
            {wordOf(words.actions, possible)}
          </Button>
        ))}
        {matter.possible.length === 0 && <span className="weak">{register.final.includes(matter.state) ? say.over : say.none}</span>}
      </div>
      {action && step && (
        <StepDialog
          key={action}
          title={wordOf(words.actions, action)}
          about={<StepAbout register={register} step={step} action={action} measure={matter.fields['measure']} />}
          fields={fields}
          measure={register.kind === 'sanction' ? (matter.fields['measure'] ?? '') : undefined}
          mayHold={tellsToo && !staff}
          begin={begun(matter, fields.map(({ field }) => field.name))}
          danger={grave.has(action)}
          busy={busy}
          problem={problem}
          send={send}
          close={() => setAction(undefined)}
        />
      )}
    </>
  );
}

// A form begins with what stands there already.
const begun = (matter: Matter, names: string[]): Partial<Typed> => ({
  fields: Object.fromEntries(names.flatMap((name) => (matter.fields[name] ? [[name, matter.fields[name]]] : []))),
});

// Proposed says what waits for a second person, and to whoever proposed it that somebody
// else has to confirm.
function Proposed({ register, matter }: { register: Register; matter: Matter }) {
  const words = useWords();
  const { step: say } = useMeasures();
  const identity = useIdentity();
  const { proposal } = matter;
  if (!proposal) return null;
  const mine = proposal.by === identity.key_id;
  const second = stepOf(register, matter, 'confirm')?.second ?? [];
  return (
    <Alert
      className="proposal"
      type="warning"
      showIcon
      title={
        <>
          <Person id={proposal.by} /> {say.proposed(minute(proposal.at), wordOf(words.actions, proposal.action))}
        </>
      }
      description={
        <>
          {proposal.reason && <blockquote className="said">{proposal.reason}</blockquote>}
          {mine ? say.notYou : has(identity, ...(second as Role[])) ? say.youMay : say.others}
        </>
      }
    />
  );
}
