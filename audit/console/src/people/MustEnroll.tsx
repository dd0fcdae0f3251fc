import { Button } from 'antd';
import { signOut, useIdentity } from '../api/session';
import mark from '../shell/mark.svg';
import { useTexts } from '../text';
import { FactorForm } from './FactorForm';
import { usePeople } from './texts';

// MustEnroll stands before everything else for somebody whose role demands a second factor.
export function MustEnroll() {
  const { product, shell, roles, units } = useTexts();
  const { factor: texts } = usePeople();
  const identity = useIdentity();
  return (
    <main className="sign-in must-enrol">
      <section>
        <div className="sign-in-head">
          <img src={mark} alt="" width={40} height={40} />
          <h1>{product}</h1>
          <span className="grow" />
          <Button type="text" onClick={() => void signOut()}>
            {shell.signOut}
          </Button>
        </div>
        <h2>{texts.must}</h2>
        <p>{texts.mustWhy(identity.name ?? '', identity.roles.map((role) => roles[role]).join(units.and))}</p>
        <FactorForm begin={texts.begin} />
      </section>
    </main>
  );
}
