import { Alert, Checkbox, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Attachment } from '../api/attachments';
import type { Problem } from '../api/problem';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { Refusal } from '../shell/Refusal';
import { useTexts } from '../text';
import { FieldInput } from './FieldInput';
import { FilesField } from './FilesField';
import { ofMeasure, type Asked } from './matters';
import { useMeasures, useWords } from './texts';

export interface Typed {
  institution_id: string;
  person_id: string;
  fields: Record<string, string>;
  reason: string;
  files: Attachment[];
  hold: boolean;
}

const nothing: Typed = { institution_id: '', person_id: '', fields: {}, reason: '', files: [], hold: false };

interface Props {
  title: string;
  about: ReactNode; // what it rests on and what will follow
  fields: Asked[];
  measure?: string | undefined; // of a sanction: it decides what is asked
  whose?: 'must' | 'may' | undefined; // it names an institution
  mayHold?: boolean | undefined; // the written notice may wait
  begin?: Partial<Typed> | undefined;
  danger?: boolean | undefined;
  plain?: boolean; // no papers go with it
  busy: boolean;
  problem: Problem | undefined;
  send: (typed: Typed) => void;
  close: () => void;
}

// StepDialog is the form of a step, made from what the register says that it takes. What
// was typed stays while it is refused or somebody signs in again.
export function StepDialog({ title, about, fields: all, measure, whose, mayHold, begin, danger, plain = false, busy, problem, send, close }: Props) {
  const { decide } = useTexts();
  const { step } = useMeasures();
  const words = useWords();
  const [typed, setTyped] = useState<Typed>({ ...nothing, ...begin });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const chosen = typed.fields['measure'] ?? measure;
  const fields = measure === undefined ? all : ofMeasure(all, chosen);
  const ready =
    typed.reason.trim() !== '' && (whose !== 'must' || typed.institution_id !== '') && fields.every(({ field, needed }) => !needed || (typed.fields[field.name] ?? '') !== '');
  const labels: Record<string, string> = words.facts;
  return (
    <Modal
      open
      title={title}
      width={620}
      okText={title}
      cancelText={decide.cancel}
      okButtonProps={{ disabled: !ready, loading: busy, danger: danger ?? false }}
      onOk={() => send({ ...typed, fields: Object.fromEntries(Object.entries(typed.fields).filter(([name]) => fields.some(({ field }) => field.name === name))) })}
      onCancel={close}
      mask={{ closable: false }}
    >
      <div className="step-about">{about}</div>
      <Refusal problem={problem} />
      {problem?.field && labels[problem.field] && <Alert className="refusal" type="warning" title={step.look(labels[problem.field]!)} />}
      <div className="step-form">
        {whose && (
          <>
            <label htmlFor="step-institution">
              {step.institution}
              {whose === 'must' && <Needed />}
            </label>
            <InstitutionSelect id="step-institution" value={typed.institution_id} onChange={(id) => change({ institution_id: id ?? '' })} />
          </>
        )}
        {whose === 'may' && (
          <>
            <label htmlFor="step-person">{step.person}</label>
            <Input id="step-person" value={typed.person_id} onChange={(event) => change({ person_id: event.target.value.trim() })} />
          </>
        )}
        {fields.map(({ field, needed }) => (
          <div key={field.name} className="step-field">
            <label htmlFor={`step-${field.name}`}>
              {labels[field.name] ?? field.name}
              {needed && <Needed />}
            </label>
            <FieldInput
              id={`step-${field.name}`}
              field={field}
              value={typed.fields[field.name] ?? ''}
              onChange={(value) => {
                const { [field.name]: _, ...others } = typed.fields;
                change({ fields: value ? { ...others, [field.name]: value } : others });
              }}
            />
          </div>
        ))}
        <label htmlFor="step-reason">
          {decide.reason}
          <Needed />
        </label>
        <Input.TextArea id="step-reason" rows={3} maxLength={4000} value={typed.reason} onChange={(event) => change({ reason: event.target.value })} />
        {!plain && (
          <>
            <span>{step.files}</span>
            <FilesField files={typed.files} onChange={(files) => change({ files })} />
          </>
        )}
      </div>
      {mayHold && (
        <Checkbox checked={typed.hold} onChange={(event) => change({ hold: event.target.checked })}>
          {step.hold}
        </Checkbox>
      )}
    </Modal>
  );
}

function Needed() {
  const { step } = useMeasures();
  return (
    <span className="past" title={step.needed}>
      {' *'}
    </span>
  );
}
