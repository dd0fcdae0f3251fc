import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Problem } from '../api/problem';
import { useTexts } from '../text';
import mark from './mark.svg';

export interface Entry {
  name: string;
  label: string;
  secret?: boolean;
  autoComplete: string;
  optional?: boolean;
}

interface Props {
  entries: Entry[];
  said?: string | undefined; // why the form is shown
  hint: string;
  submit: string;
  send: (given: (name: string) => string) => Promise<void>;
  children?: ReactNode; // above the fields
  below?: ReactNode;
}

// EntryForm stands at the door: signing in, choosing a password, the first administrator.
export function EntryForm({ entries, said, hint, submit, send, children, below }: Props) {
  const { product, answers, signIn } = useTexts();
  const [values, setValues] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const given = (name: string) => values[name] ?? '';
  const ready = entries.every(({ name, optional }) => optional || given(name).trim());
  const act = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await send(given);
    } catch (error) {
      const problem = error instanceof Problem && error.code !== 'unreachable' ? error : undefined;
      setRefusal(problem?.code === 'unauthenticated' ? signIn.refused : (problem?.message ?? answers.unreachable));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void act();
        }}
      >
        <div className="sign-in-head">
          <img src={mark} alt="" width={40} height={40} />
          <h1>{product}</h1>
        </div>
        {said && !refusal && <p className="near said">{said}</p>}
        {children}
        {entries.map(({ name, label, secret, autoComplete }, index) => {
          const Field = secret ? Input.Password : Input;
          return (
            <div key={name} className="entry">
              <label htmlFor={name}>{label}</label>
              <Field
                id={name}
                autoFocus={index === 0}
                autoComplete={autoComplete}
                size="large"
                value={given(name)}
                status={refusal ? 'error' : ''}
                aria-describedby="entry-hint"
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              />
            </div>
          );
        })}
        <p id="entry-hint" className={refusal ? 'past' : 'hint'} aria-live="polite">
          {refusal ?? hint}
        </p>
        <Button type="primary" htmlType="submit" size="large" block loading={busy} disabled={!ready}>
          {submit}
        </Button>
        {below}
      </form>
    </main>
  );
}
