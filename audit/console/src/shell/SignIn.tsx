import { Button, Input } from 'antd';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { signIn } from '../api/session';
import { useTexts } from '../text';
import mark from './mark.svg';

// SignIn asks for a key. Over a page whose session has ended it keeps that page.
export function SignIn({ expired = false }: { expired?: boolean }) {
  const texts = useTexts();
  const [key, setKey] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      setRefusal((await signIn(key.trim())) ? undefined : texts.signIn.refused);
    } catch (error) {
      setRefusal(error instanceof Problem ? error.message : texts.answers.unreachable);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim()) void submit();
        }}
      >
        <div className="sign-in-head">
          <img src={mark} alt="" width={40} height={40} />
          <h1>{texts.product}</h1>
        </div>
        {expired && !refusal && <p className="near">{texts.signIn.expired}</p>}
        <label htmlFor="key">{texts.signIn.key}</label>
        <Input.Password
          id="key"
          autoFocus
          autoComplete="current-password"
          size="large"
          value={key}
          status={refusal ? 'error' : ''}
          aria-describedby="key-hint"
          onChange={(event) => setKey(event.target.value)}
        />
        <p id="key-hint" className={refusal ? 'past' : 'hint'} aria-live="polite">
          {refusal ?? texts.signIn.keyHint}
        </p>
        <Button type="primary" htmlType="submit" size="large" block loading={busy} disabled={!key.trim()}>
          {texts.signIn.submit}
        </Button>
      </form>
    </main>
  );
}
