import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { save } from '../api/files';
import { Problem } from '../api/problem';
import { useTexts } from '../text';

interface Props {
  path: string;
  name: string; // of the file
  children: string;
  size?: 'small' | 'middle';
}

// PaperButton saves a paper of the API, byte for byte.
export function PaperButton({ path, name, children, size = 'middle' }: Props) {
  const { answers } = useTexts();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const fetchIt = async () => {
    setBusy(true);
    try {
      await save(path, name);
    } catch (error) {
      void message.error(error instanceof Problem && error.message ? error.message : answers.failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size={size} icon={<DownloadOutlined />} loading={busy} onClick={() => void fetchIt()}>
      {children}
    </Button>
  );
}
