import { Input, Modal } from 'antd';
import { useState } from 'react';
import { answered, client } from '../api/client';
import { Facts } from '../shell/Page';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import type { Publication } from './RuleParameters';
import { useWatch } from './texts';

interface Props {
  code: string;
  publication: Publication;
  close: () => void;
}

// WithdrawParameters takes a publication back, with a reason.
export function WithdrawParameters({ code, publication, close }: Props) {
  const { parameters: texts } = useWatch();
  const { units } = useTexts();
  const [reason, setReason] = useState('');
  const act = useAct({
    send: (why: string) =>
      answered(client.DELETE('/v1/rules/{code}/parameters/{id}', { params: { path: { code, id: publication.id }, query: { reason: why } } })),
    stale: [['rule', code], ['tables']],
    done: close,
  });
  return (
    <Modal
      open
      title={texts.withdrawTitle(code)}
      okText={texts.withdraw}
      cancelText={texts.cancel}
      okButtonProps={{ danger: true, loading: act.busy, disabled: !reason.trim() }}
      onOk={() => void act.act(reason.trim())}
      onCancel={close}
    >
      <Refusal problem={act.problem} />
      <Facts
        facts={[
          [texts.columns.name, publication.name],
          [texts.columns.value, publication.value],
          [texts.columns.city, publication.city || texts.province],
          [texts.columns.days, units.until(publication.from, publication.until ?? texts.open)],
        ]}
      />
      <p>{texts.withdrawText}</p>
      <Input.TextArea rows={2} maxLength={256} value={reason} aria-label={texts.columns.reason} placeholder={texts.columns.reason} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}
