import { PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Input, InputNumber, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, client, type Schemas } from '../api/client';
import { institutionsQuery } from '../api/reference';
import { mayDecide, useIdentity } from '../api/session';
import { Refusal } from '../shell/Refusal';
import { useAct } from '../shell/useAct';
import { useTexts } from '../text';
import { readMatters, touched, type Matter } from './matters';
import { useMeasures } from './texts';

type Commit = Schemas['CommitInputBody'];

// CommitButton commits a draw: the list is fixed before the public seed can be known.
export function CommitButton() {
  const { draw } = useMeasures();
  const identity = useIdentity();
  const [open, setOpen] = useState(false);
  if (!mayDecide(identity)) return null;
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {draw.commit}
      </Button>
      {open && <CommitDialog close={() => setOpen(false)} />}
    </>
  );
}

function CommitDialog({ close }: { close: () => void }) {
  const { decide } = useTexts();
  const { draw, step } = useMeasures();
  const navigate = useNavigate();
  const names = useQuery(institutionsQuery).data;
  const experts = useInfiniteQuery({
    queryKey: ['matters', 'experts', { state: 'active' }],
    queryFn: ({ pageParam, signal }) => readMatters('experts', { state: 'active' }, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  }).data?.pages.flatMap((page) => page.items);
  const [typed, setTyped] = useState<Partial<Commit>>({ draw: 1, each: 2 });
  const change = (part: Partial<Commit>) => setTyped((before) => ({ ...before, ...part }));
  const { act, busy, problem } = useAct<Commit, Matter>({
    send: (body, key) => answered(client.POST('/v1/inspections', { params: { header: { 'Idempotency-Key': key } }, body })),
    stale: touched('inspections'),
    done: (made) => void navigate(`/registers/inspections/${made.id}`),
  });
  const ready = typed.draw && typed.each && typed.inspectors?.length && typed.seed_source?.trim() && typed.seed_on && typed.reason?.trim();
  return (
    <Modal
      open
      title={draw.commit}
      width={620}
      okText={draw.commit}
      cancelText={decide.cancel}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void act(typed as Commit)}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p>{draw.about}</p>
      <Refusal problem={problem} />
      <div className="step-form">
        <label htmlFor="draw-houses">{draw.institutions}</label>
        <Select
          id="draw-houses"
          mode="multiple"
          placeholder={draw.all}
          showSearch={{ optionFilterProp: 'label' }}
          value={typed.institutions?.map((i) => i.institution_id) ?? []}
          onChange={(ids: string[]) => change({ institutions: ids.map((institution_id) => ({ institution_id })) })}
          options={[...(names ?? [])].map(([value, label]) => ({ value, label: `${label} ${value}` }))}
        />
        <label htmlFor="draw-people">{draw.inspectors} *</label>
        <Select
          id="draw-people"
          mode="tags"
          placeholder={draw.fromPool}
          value={typed.inspectors?.map((i) => i.id) ?? []}
          onChange={(ids: string[]) => change({ inspectors: ids.map((id) => ({ id })) })}
          options={(experts ?? []).map((expert) => ({ value: expert.number, label: `${expert.number} ${expert.fields['field'] ?? ''}` }))}
        />
        <label htmlFor="draw-count">{draw.count} *</label>
        <InputNumber id="draw-count" min={1} precision={0} value={typed.draw ?? null} onChange={(n) => change({ draw: n ?? 0 })} />
        <label htmlFor="draw-each">{draw.each} *</label>
        <InputNumber id="draw-each" min={1} precision={0} value={typed.each ?? null} onChange={(n) => change({ each: n ?? 0 })} />
        <label htmlFor="draw-source">{draw.source} *</label>
        <Input id="draw-source" maxLength={256} value={typed.seed_source ?? ''} placeholder={draw.sourceHint} onChange={(event) => change({ seed_source: event.target.value })} />
        <label htmlFor="draw-on">{draw.on} *</label>
        <DatePicker id="draw-on" value={typed.seed_on ? dayjs(typed.seed_on) : null} onChange={(date: dayjs.Dayjs | null) => change({ seed_on: date?.format('YYYY-MM-DD') ?? '' })} />
        <label htmlFor="draw-reason">
          {decide.reason} <span title={step.needed}>*</span>
        </label>
        <Input.TextArea id="draw-reason" rows={2} maxLength={4000} value={typed.reason ?? ''} onChange={(event) => change({ reason: event.target.value })} />
      </div>
    </Modal>
  );
}
