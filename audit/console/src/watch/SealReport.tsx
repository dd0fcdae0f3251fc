import { Button, Modal } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useWatch } from './texts';

// SealReport keeps the report of a month as it is, for ever: its hash goes to the journal.
export function SealReport({ month, city }: { month: string; city: string }) {
  const { report: texts, parameters } = useWatch();
  const [asking, setAsking] = useState(false);
  const act = useAct({
    send: (body: Schemas['SealInputBody'], key) => answered(client.POST('/v1/reports/supervision/seal', { params: { header: { 'Idempotency-Key': key } }, body })),
    stale: [['supervision']],
    done: () => setAsking(false),
  });
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        {texts.seal}
      </Button>
      <Modal
        open={asking}
        title={texts.sealTitle(month, city || parameters.province)}
        okText={texts.seal}
        cancelText={parameters.cancel}
        okButtonProps={{ loading: act.busy }}
        onOk={() => void act.act({ month, ...(city ? { city } : {}) })}
        onCancel={() => setAsking(false)}
      >
        <Refusal problem={act.problem} />
        {texts.sealText}
      </Modal>
    </>
  );
}
