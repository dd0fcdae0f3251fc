import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { mayDecide, useIdentity } from '../api/session';
import { useAct } from '../shell/useAct';
import { asked, matterPath, openMatter, touched, type Matter, type Opening, type Register } from './matters';
import { StepAbout } from './StepAbout';
import { StepDialog, type Typed } from './StepDialog';
import { useMeasures, useWords } from './texts';
import { kindOf } from './words';

interface Props {
  plural: string;
  register: Register;
  begin?: Partial<Typed>;
}

const ofNobody = new Set(['expert']);
const mayBeOfNobody = new Set(['clue', 'dishonesty', 'handover', 'dispute']);

// OpenButton makes a new entry of a register.
export function OpenButton({ plural, register, begin }: Props) {
  const { matter } = useMeasures();
  const words = useWords();
  const navigate = useNavigate();
  const identity = useIdentity();
  const [open, setOpen] = useState(false);
  const { act, busy, problem, forget } = useAct<Opening, Matter>({
    send: (body, key) => openMatter(plural, body, key),
    stale: touched(plural),
    done: (made) => void navigate(matterPath(plural, made.id)),
  });
  const step = register.steps.find((s) => s.action === 'open');
  if (!step || !mayDecide(identity)) return null;
  return (
    <>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        onClick={() => {
          forget();
          setOpen(true);
        }}
      >
        {matter.make}
      </Button>
      {open && (
        <StepDialog
          title={matter.makeOf(kindOf(words, register.kind))}
          about={<StepAbout register={register} step={step} action="open" measure={undefined} />}
          fields={asked(register, step)}
          measure={register.kind === 'sanction' ? '' : undefined}
          whose={ofNobody.has(register.kind) ? undefined : mayBeOfNobody.has(register.kind) ? 'may' : 'must'}
          begin={begin}
          busy={busy}
          problem={problem}
          send={({ institution_id, person_id, fields, reason, files }) =>
            void act({ institution_id, person_id, fields, reason: reason.trim(), attachments: files.map((file) => file.sha256) })
          }
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
