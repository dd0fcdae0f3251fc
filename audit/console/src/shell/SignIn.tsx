import { Segmented } from 'antd';
import { useState } from 'react';
import { signIn, signInWithKey } from '../api/session';
import { useTexts } from '../text';
import { EntryForm, type Entry } from './EntryForm';

// SignIn asks who comes. Over a page whose session has ended it keeps that page.
export function SignIn({ expired = false }: { expired?: boolean }) {
  const { signIn: texts } = useTexts();
  const [byKey, setByKey] = useState(false);
  const entries: Entry[] = byKey
    ? [{ name: 'key', label: texts.key, secret: true, autoComplete: 'off' }]
    : [
        { name: 'login', label: texts.login, autoComplete: 'username' },
        { name: 'password', label: texts.password, secret: true, autoComplete: 'current-password' },
      ];
  return (
    <EntryForm
      key={String(byKey)}
      entries={entries}
      said={expired ? texts.expired : undefined}
      hint={byKey ? texts.keyHint : texts.passwordHint}
      submit={texts.submit}
      send={(given) => (byKey ? signInWithKey(given('key').trim()) : signIn(given('login').trim(), given('password')))}
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
