import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Modal, Tag } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { useIdentity, type Role } from '../api/session';
import { minute } from '../format';
import { column, Listing } from '../shell/Listing';
import { Page } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import { AccountForm } from './AccountForm';
import { ShownOnce } from './ShownOnce';
import { usePeople } from './texts';

type Account = Schemas['AccountView'];

const stale = [['accounts'], ['colleagues']];

// AccountsPage is where administrators make accounts and end them.
export function AccountsPage() {
  const texts = usePeople();
  const { roles, units } = useTexts();
  const nameOf = useInstitutionName();
  const me = useIdentity();
  const [edited, setEdited] = useState<Account | 'new'>();
  const [link, setLink] = useState<{ name: string; link: string }>();
  const [resetting, setResetting] = useState<Account>();
  const [leaving, setLeaving] = useState<Account>();
  const renew = useAct({
    send: async ({ account: { account_id }, reset }: { account: Account; reset: boolean }) =>
      answered(client.POST('/v1/accounts/{account_id}/link', { params: { path: { account_id } }, body: reset ? { reset_totp: true } : {} })),
    stale,
    done: (answer) => {
      setResetting(undefined);
      setLink(answer);
    },
  });
  const turn = useAct({
    send: ({ account_id, revision, state }: Account) =>
      answered(
        client.PATCH('/v1/accounts/{account_id}', {
          params: { path: { account_id } },
          body: { expected_revision: revision, disabled: state !== 'disabled' },
        }),
      ),
    stale,
    done: () => setLeaving(undefined),
  });
  const orders = (account: Account) => [
    // Name and rights of who comes by the sign-on of the agency are given there.
    ...(!account.sign_on && account.state !== 'disabled' ? [{ key: 'renew', label: texts.renew }] : []),
    ...(account.totp && account.state === 'good' ? [{ key: 'reset', label: texts.reset }] : []),
    ...(account.institution_id || account.sign_on ? [] : [{ key: 'change', label: texts.change }]),
    account.state === 'disabled' ? { key: 'enable', label: texts.enable } : { key: 'disable', label: texts.disable, danger: true },
  ];
  const order = (account: Account, key: string) => {
    if (key === 'renew') void renew.act({ account, reset: false });
    else if (key === 'reset') setResetting(account);
    else if (key === 'change') setEdited(account);
    else if (key === 'enable') void turn.act(account);
    else setLeaving(account);
  };
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {texts.add}
        </Button>
      }
    >
      {!resetting && <Refusal problem={renew.problem} />}
      <Listing<Account>
        name={['accounts']}
        read={(cursor, signal) => answered(client.GET('/v1/accounts', { params: { query: { cursor } }, signal }))}
        rowKey={(account) => account.account_id}
        label={texts.title}
        empty={texts.empty}
        columns={[
          column(texts.columns.login, (a) => a.login),
          column(texts.columns.name, (a) => a.name),
          column(texts.columns.roles, (a) => a.roles.map((role) => roles[role as Role]).join(units.and)),
          column(texts.columns.place, (a) => (a.institution_id ? nameOf(a.institution_id) : a.city || texts.province)),
          column(texts.columns.state, (a) => (
            <>
              <Tag color={a.state === 'good' ? 'green' : a.state === 'invited' ? 'gold' : 'default'}>{texts.states[a.state]}</Tag>
              {a.totp && <Tag color="blue">{texts.factorTag}</Tag>}
              {a.sign_on && <Tag>{texts.signOnTag}</Tag>}
              {a.link_until && <span className="hint">{texts.invitedUntil(minute(a.link_until))}</span>}
            </>
          )),
          column(texts.columns.id, (a) => <span className="code">{a.account_id}</span>),
          column(
            '',
            (a) =>
              a.account_id !== me.key_id &&
              a.state !== 'revoked' && (
                <Dropdown trigger={['click']} menu={{ items: orders(a), onClick: ({ key }) => order(a, key) }}>
                  <Button size="small" aria-label={`${texts.change} ${a.name}`}>
                    {'…'}
                  </Button>
                </Dropdown>
              ),
            { align: 'right' },
          ),
        ]}
      />
      {edited && (
        <AccountForm
          account={edited === 'new' ? undefined : edited}
          close={() => setEdited(undefined)}
          made={(name, link) => {
            setEdited(undefined);
            setLink({ name, link });
          }}
        />
      )}
      {link && <ShownOnce title={texts.link.title} text={texts.link.text(link.name)} value={window.location.origin + link.link} close={() => setLink(undefined)} />}
      <Modal
        open={resetting !== undefined}
        title={resetting && texts.resetTitle(resetting.name)}
        okText={texts.reset}
        okButtonProps={{ danger: true, loading: renew.busy }}
        cancelText={texts.form.cancel}
        onOk={() => resetting && void renew.act({ account: resetting, reset: true })}
        onCancel={() => setResetting(undefined)}
      >
        <Refusal problem={renew.problem} />
        {texts.resetText}
      </Modal>
      <Modal
        open={leaving !== undefined}
        title={leaving && texts.disableTitle(leaving.name)}
        okText={texts.disable}
        okButtonProps={{ danger: true, loading: turn.busy }}
        cancelText={texts.form.cancel}
        onOk={() => leaving && void turn.act(leaving)}
        onCancel={() => setLeaving(undefined)}
      >
        <Refusal problem={turn.problem} />
        {texts.disableText}
      </Modal>
    </Page>
  );
}
