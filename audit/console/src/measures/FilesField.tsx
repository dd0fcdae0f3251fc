import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useRef, useState } from 'react';
import { Problem } from '../api/problem';
import { authorization } from '../api/session';
import { Refusal } from '../shell/Refusal';
import { useMeasures } from './texts';

export interface Sent {
  sha256: string;
  name: string;
}

// send keeps a file at the server, which names it by its hash.
async function send(file: File): Promise<Sent> {
  const answer = await fetch('/v1/attachments', {
    method: 'PUT',
    headers: { ...authorization(), 'Content-Type': file.type || 'text/plain; charset=utf-8' },
    body: file,
  });
  if (!answer.ok) throw await Problem.of(answer);
  return { sha256: ((await answer.json()) as { sha256: string }).sha256, name: file.name };
}

interface Props {
  files: Sent[];
  onChange: (files: Sent[]) => void;
}

// FilesField holds the papers that go with a step.
export function FilesField({ files, onChange }: Props) {
  const { step } = useMeasures();
  const chooser = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const take = async (chosen: FileList | null) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const sent = await Promise.all([...(chosen ?? [])].map(send));
      onChange([...files, ...sent.filter((s) => !files.some((f) => f.sha256 === s.sha256))]);
    } catch (error) {
      setProblem(error instanceof Problem ? error : Problem.unreachable());
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Refusal problem={problem} />
      {files.map((file) => (
        <Tag key={file.sha256} closable onClose={() => onChange(files.filter((f) => f !== file))}>
          {file.name}
        </Tag>
      ))}
      <Button size="small" icon={<PaperClipOutlined />} loading={busy} onClick={() => chooser.current?.click()}>
        {step.attach}
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={step.attach}
        accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.docx,.xlsx,.csv,.txt"
        onChange={(event) => {
          void take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
