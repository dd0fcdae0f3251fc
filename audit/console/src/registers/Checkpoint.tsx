import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { answered, client } from '../api/client';
import { Loaded } from '../shell/Loaded';
import { useRegisters } from './texts';

// Checkpoint shows the signed head, to be noted down elsewhere: nothing before it can
// change unseen afterwards.
export function Checkpoint({ close }: { close: () => void }) {
  const { journal: texts } = useRegisters();
  const query = useQuery({
    queryKey: ['checkpoint'],
    queryFn: ({ signal }) => answered(client.GET('/v1/journal/checkpoint', { parseAs: 'text', signal })) as Promise<string>,
    staleTime: 0,
  });
  return (
    <Modal
      open
      width={640}
      title={texts.checkpoint}
      onCancel={close}
      footer={query.data && <Button onClick={() => void navigator.clipboard.writeText(query.data)}>{texts.copy}</Button>}
    >
      <p className="weak">{texts.checkpointLead}</p>
      <Loaded query={query} rows={4}>
        {(text) => <pre className="raw">{text}</pre>}
      </Loaded>
    </Modal>
  );
}
