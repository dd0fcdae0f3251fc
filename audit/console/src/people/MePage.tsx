import { Tag } from 'antd';
import { useInstitutionName } from '../api/reference';
import { useIdentity } from '../api/session';
import { minute } from '../format';
import { Facts, Page, Section } from '../shell/Page';
import { useTexts } from '../text';
import { FactorForm } from './FactorForm';
import { OwnKeys } from './OwnKeys';
import { PasswordForm } from './PasswordForm';
import { usePeople } from './texts';

// MePage is one's own account.
export function MePage() {
  const { me: texts, factor, keys, province } = usePeople();
  const { roles, units } = useTexts();
  const identity = useIdentity();
  const nameOf = useInstitutionName();
  const { byKey, sign_on, totp } = identity;
  const elsewhere = byKey ? texts.byKey : sign_on ? texts.bySignOn : undefined;
  return (
    <Page title={identity.name ?? texts.title}>
      <Facts
        facts={[
          ...(identity.login ? [[texts.login, identity.login] as [string, string]] : []),
          [texts.roles, identity.roles.map((role) => roles[role]).join(units.and)],
          [texts.place, identity.institution_id ? nameOf(identity.institution_id) : (identity.city ?? province)],
          [texts.id, <span className="code">{identity.key_id}</span>],
          ...(identity.expires_at ? [[texts.expires, minute(identity.expires_at)] as [string, string]] : []),
        ]}
      />
      {elsewhere ? (
        <Section title={texts.password}>
          <p className="weak">{elsewhere}</p>
        </Section>
      ) : (
        <div className="two-columns">
          <Section title={texts.password}>
            <PasswordForm />
          </Section>
          <Section title={factor.title} extra={<Tag color={totp ? 'green' : 'gold'}>{totp ? factor.on : factor.off}</Tag>}>
            <p className="weak">{totp ? factor.replaceLead : factor.lead}</p>
            <FactorForm begin={totp ? factor.replace : factor.begin} />
          </Section>
        </div>
      )}
      <Section title={keys.own}>{byKey ? <p className="weak">{keys.byKey}</p> : <OwnKeys />}</Section>
    </Page>
  );
}
