import { useQuery } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { Loaded } from '../shell/Loaded';
import { Facts } from '../shell/Page';
import { leafOf, rootOf } from './merkle';
import { useRegisters } from './texts';

// Proof shows that an entry is under the signed head, computed here and not believed.
export function Proof({ entry, close }: { entry: Schemas['EntryView']; close: () => void }) {
  const { journal: texts } = useRegisters();
  const query = useQuery({
    queryKey: ['proof', entry.seq],
    queryFn: async ({ signal }) => {
      const proof = await answered(client.GET('/v1/journal/{seq}/proof', { params: { path: { seq: String(entry.seq) } }, signal }));
      if (!globalThis.crypto?.subtle) return { proof, holds: undefined }; // only on secure origins
      const leaf = await leafOf(entry.entry);
      return { proof, holds: leaf === proof.leaf && (await rootOf(leaf, entry.seq - 1, proof.size, proof.hashes)) === proof.root };
    },
  });
  return (
    <Modal open width={720} title={texts.proofTitle(String(entry.seq))} onCancel={close} footer={null}>
      <Loaded query={query} rows={4}>
        {({ proof, holds }) => (
          <>
            <Alert
              type={holds === undefined ? 'info' : holds ? 'success' : 'error'}
              showIcon
              title={holds === undefined ? texts.cannotCompute : holds ? texts.holds(String(proof.size)) : texts.broken}
            />
            <Facts
              facts={[
                [texts.entryHash, <code key="h">{entry.sha256}</code>],
                [texts.leaf, <code key="l">{proof.leaf}</code>],
                [texts.root, <code key="r">{proof.root}</code>],
              ]}
            />
            {proof.checkpoint && (
              <>
                <h3>{texts.signedHead}</h3>
                <pre className="raw">{proof.checkpoint}</pre>
              </>
            )}
          </>
        )}
      </Loaded>
    </Modal>
  );
}
