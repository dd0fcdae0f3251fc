import { setUp, spendLink } from '../api/session';
import { useTexts } from '../text';
import { EntryForm, type Entry } from './EntryForm';
import type { OneTimeLink } from './link';
import { codeEntry } from './SignIn';

// SpendLink makes the first administrator, or lets somebody choose a password.
export function SpendLink({ link, done }: { link: OneTimeLink; done: () => void }) {
  const { signIn: texts } = useTexts();
  const password: Entry = { name: 'new', label: texts.newPassword, secret: true, autoComplete: 'new-password' };
  const entries: Entry[] = [
    { name: 'login', label: texts.login, autoComplete: 'username' },
    { name: 'name', label: texts.name, autoComplete: 'name' },
    password,
  ];
  return (
    <EntryForm
      entries={link.first ? entries : [password, codeEntry(texts.codeIfAny)]}
      said={link.first ? texts.first : texts.choose}
      hint={texts.passwordRule}
      submit={link.first ? texts.make : texts.set}
      send={async (given) => {
        if (link.first) await setUp({ token: link.token, login: given('login').trim(), name: given('name').trim(), password: given('new') });
        else await spendLink(link.token, given('new'), given('code').trim());
        done();
      }}
    />
  );
}
