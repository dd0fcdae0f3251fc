import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { methods, resume, signIn, signInWithKey } from '../api/session';
import { useTexts } from '../text';
import { EntryForm, type Entry } from './EntryForm';

// SignIn asks who comes. Over a page whose session has ended it keeps that page.
export function SignIn({ expired = false }: { expired?: boolean }) {
  const { signIn: texts } = useTexts();
  const [byKey, setByKey] = useState(false);
  const [withCode, setWithCode] = useState(false);
  const entries: Entry[] = byKey
    ? [{ name: 'key', label: texts.key, secret: true, autoComplete: 'off' }]
    : [
        { name: 'login', label: texts.login, autoComplete: 'username' },
        { name: 'password', label: texts.password, secret: true, autoComplete: 'current-password' },
        ...(withCode ? [codeEntry(texts.code)] : []),
      ];
  return (
    <EntryForm
      key={String(byKey)}
      entries={entries}
      said={expired ? texts.expired : undefined}
      hint={byKey ? texts.keyHint : texts.passwordHint}
      submit={texts.submit}
      send={(given) => (byKey ? signInWithKey(given('key').trim()) : signIn(given('login').trim(), given('password'), given('code').trim()))}
      below={
        <>
          {!byKey && !withCode && (
            <Button type="link" block className="with-code" onClick={() => setWithCode(true)}>
              {texts.withCode}
            </Button>
          )}
          <SignOn expired={expired} />
        </>
      }
    >
      <Segmented
        block
        className="ways"
        value={byKey ? 'key' : 'password'}
        options={[
          { value: 'password', label: texts.byPassword },
          { value: 'key', label: texts.byKey },
        ]}
        onChange={(way) => setByKey(way === 'key')}
      />
    </EntryForm>
  );
}

// codeEntry asks for the code of a second factor, of those who have one.
export const codeEntry = (label: string): Entry => ({ name: 'code', label, autoComplete: 'one-time-code', optional: true });

// SignOn leads to the sign-on of the agency, where there is one, and back to this page. A
// page whose session has ended stays as it is: another tab goes, and this one goes on.
function SignOn({ expired }: { expired: boolean }) {
  const { signIn: texts } = useTexts();
  const [way, setWay] = useState<{ name: string; start: string }>();
  useEffect(() => {
    methods().then(({ oidc }) => setWay(oidc), () => undefined);
  }, []);
  useEffect(() => {
    if (!expired) return;
    const back = () => void resume().catch(() => undefined);
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, [expired]);
  if (!way) return null;
  const { pathname, search } = window.location;
  const address = `${way.start}?return=${encodeURIComponent(expired ? '/' : pathname + search)}`;
  return (
    <Button size="large" block className="sign-on" href={address} {...(expired ? { target: '_blank' } : {})}>
      {texts.signOn(way.name)}
    </Button>
  );
}
