import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useRef, useState } from 'react';
import { accepted, attach, type Attachment } from '../api/attachments';
import { Problem } from '../api/problem';
import { Refusal } from '../shell/Refusal';
import { useMeasures } from './texts';

interface Props {
  files: Attachment[];
  onChange: (files: Attachment[]) => void;
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
      const sent = await Promise.all([...(chosen ?? [])].map(attach));
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
        accept={accepted}
        onChange={(event) => {
          void take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
