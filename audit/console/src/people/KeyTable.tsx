import { Button, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { client } from '../api/client';
import { usePerson } from '../api/people';
import { useInstitutionName } from '../api/reference';
import { has, useIdentity, type Role } from '../api/session';
import { minute } from '../format';
import { column } from '../shell/Listing';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import type { Key } from './keys';
import { usePeople } from './texts';

// KeyTable lists keys, and revokes those that the caller may.
export function KeyTable({ keys, own = false }: { keys: Key[]; own?: boolean }) {
  const { keys: texts, form, province } = usePeople();
  const { roles, units } = useTexts();
  const me = useIdentity();
  const nameOf = useInstitutionName();
  const person = usePerson();
  const [ending, setEnding] = useState<Key>();
  const { act, busy, problem, forget } = useAct({
    send: ({ key_id }: Key) => client.DELETE('/v1/keys/{key_id}', { params: { path: { key_id } } }),
    stale: [['keys'], ['accounts']],
    done: () => setEnding(undefined),
  });
  const mayEnd = (key: Key) => key.state === 'good' && key.source === 'journal' && key.key_id !== me.key_id && (key.account === me.key_id || (has(me, 'administrator') && !me.city));
  const whose = (key: Key) => (key.account ? person(key.account) : key.institution_id ? nameOf(key.institution_id) : texts.agency);
  return (
    <>
      <Table<Key>
        aria-label={texts.title}
        size="small"
        dataSource={keys}
        rowKey={(key) => key.key_id}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          column(texts.columns.label, (key) => key.label || <span className="weak">{units.none}</span>),
          ...(own
            ? []
            : [
                column<Key>(texts.columns.whose, whose),
                column<Key>(texts.columns.roles, (key) => key.roles.map((role) => roles[role as Role]).join(units.and)),
                column<Key>(texts.columns.place, (key) => key.city || (key.institution_id ? '' : province)),
              ]),
          column(texts.columns.state, (key) => (
            <>
              <Tag color={key.state === 'good' ? 'green' : 'default'}>{texts.states[key.state]}</Tag>
              {key.source === 'institutions' && <span className="hint">{texts.ofTable}</span>}
            </>
          )),
          column(texts.columns.created, (key) => key.created_at && <span className="figures">{minute(key.created_at)}</span>),
          column(texts.columns.revoked, (key) => key.revoked_at && <span className="figures">{minute(key.revoked_at)}</span>),
          column(texts.columns.id, (key) => <span className="code">{key.key_id.slice(0, 16)}</span>),
          column(
            '',
            (key) =>
              mayEnd(key) && (
                <Button size="small" aria-label={`${texts.revoke} ${key.label ?? key.key_id.slice(0, 8)}`} onClick={() => setEnding(key)}>
                  {texts.revoke}
                </Button>
              ),
            { align: 'right' },
          ),
        ]}
      />
      <Modal
        open={ending !== undefined}
        title={ending && texts.revokeTitle(ending.label || ending.key_id.slice(0, 16))}
        okText={texts.revoke}
        okButtonProps={{ danger: true, loading: busy }}
        cancelText={form.cancel}
        onOk={() => ending && void act(ending)}
        onCancel={() => {
          setEnding(undefined);
          forget();
        }}
      >
        <Refusal problem={problem} />
        {ending && texts.revokeText(whose(ending))}
      </Modal>
    </>
  );
}
